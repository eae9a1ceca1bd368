/** The client's way in: greeted or not, at the door of a room, and let in or not. */
import type { ClientOutput, JoinWish } from '../client-dialect'
import { ServerCommandType } from './built/pianorhythm_pb'
import { NO_NOTES } from './client-notes'
import { enteredRoom } from './client-room'
import {
  entered,
  keptOut,
  type PianorhythmClientSession,
  type Place,
  type Room,
  refusalFrom,
  type Step,
  say,
} from './client-session'
import type { ToClient } from './frames-to-client'
import type { CarriedInit } from './wire'

const PATIENCE_MS = 5_000
const DOOR_ASK = 'door'

export function welcomed(
  session: PianorhythmClientSession,
  wish: JoinWish,
  { user, identity, takesBatches }: Extract<ToClient, { type: 'welcome' }>,
  nowMs: number,
): Step {
  const isOurs = identity !== ''
  const known = { ...session, isOurs, takesBatches, ...(user && { self: user }) }
  const knocked = knock(known, wish, nowMs)
  const { name } = wish
  const renames = isOurs && name !== undefined && name !== user?.username
  const parameters = { username: name ?? '' }
  const rename = say({ case: 'serverCommand', value: { commandType: ServerCommandType.UPDATE_SETTINGS, parameters } })
  const kept: ClientOutput[] = isOurs ? [{ kind: 'identified', token: identity }] : []
  return { session: knocked.session, outputs: [...kept, ...(renames ? [rename] : []), ...knocked.outputs] }
}

export function knock(session: PianorhythmClientSession, { door }: JoinWish, nowMs: number): Step {
  const at = (asked: string, message: CarriedInit): Step => ({
    session: { ...session, place: { at: 'door', asked, untilMs: nowMs + PATIENCE_MS } },
    outputs: [say(message, DOOR_ASK)],
  })
  switch (door.kind) {
    case 'any':
      return at('Lobby', { case: 'joinNextAvailableLobby', value: {} })
    case 'code':
      return at(door.code, { case: 'joinRoomByName', value: { roomName: door.code, password: door.password ?? '' } })
    case 'new': {
      const { settings = {}, password = '' } = door.create
      const roomName = settings.shown?.title || `Room ${Math.round(nowMs).toString(36)}`
      const { capacity, chat = true, guests = true, shown } = settings
      const value = {
        roomName,
        password,
        settings: {
          ...(capacity !== undefined && { maxUsers: capacity }),
          allowChat: chat,
          allowGuests: guests,
          welcomeMessage: shown?.welcome ?? '',
        },
      }
      return at(roomName, { case: 'createRoomCommand', value })
    }
  }
}

export function atDoor(
  session: PianorhythmClientSession,
  { asked }: Extract<Place, { at: 'door' }>,
  said: ToClient,
  nowMs: number,
): Step {
  if (said.type === 'error') {
    // Of another one that was asked on the way, the door may still open.
    if (said.requestId !== '' && said.requestId !== DOOR_ASK) return { session, outputs: [] }
    return keptOut(refusalFrom(said.code, said.text, said.reason))
  }
  if (said.type !== 'joined') return { session, outputs: [] }
  if (!said.ok) return keptOut(refusalFrom(said.errorCode, said.error, ''))
  const inside = enteredRoom(said, { asked, byCode: session.isOurs, self: session.self, nowMs })
  const place: Room = { at: 'room', inside, asked, notes: NO_NOTES }
  return { session: { ...session, place }, outputs: [entered(inside)] }
}
