/** The ways from room to room on this wire: making one, joining one, leaving. What is asked, not what becomes of it. */
import type { CreateCommand } from '../../core/room/command'
import type { ServerOutput } from '../server-dialect'
import { closingFields, type Envelope, readPayload } from './frames'
import { contentOf } from './media'
import { isHost, type Seat } from './seat'
import {
  ASK,
  complain,
  NO_SUCH_ROOM,
  type OpenwatchpartyServerSession,
  type Place,
  type Step,
  type Target,
} from './session'

const ROOM_SIZE = 20

export function createRoom(session: OpenwatchpartyServerSession, frame: Envelope): Step {
  const { name, start_pos: startSec = 0, media_id: mediaId } = readPayload(frame.payload)
  const create: CreateCommand = {
    type: 'create',
    control: 'host',
    whenHostLeaves: 'close',
    settings: { listed: true, capacity: ROOM_SIZE, shown: { title: name?.trim() || `Room de ${session.name}` } },
    ...(mediaId !== undefined && { media: { content: contentOf(mediaId) } }),
    positionSec: startSec,
    rate: 1,
    playing: false,
  }
  const { place } = session
  if (place.at !== 'seat') return enter(session, { kind: 'new', create })
  const left = leave(session, place.seat, { kind: 'new', create })
  const why: ServerOutput = { kind: 'relay', fields: closingFields('Host started a new room') }
  return isHost(place.seat) ? { session: left.session, outputs: [why, ...left.outputs] } : left
}

/** From a seat it is looked first: who asks for a room that is not there stays where they are. */
export function joinRoom(session: OpenwatchpartyServerSession, room: string, nowMs: number): Step {
  const { place } = session
  const code = room.trim()
  if (code === '') return { session, outputs: [complain(session, NO_SUCH_ROOM, nowMs)] }
  if (place.at !== 'seat') return enter(session, { kind: 'code', code })
  const looking: Place = { ...place, doing: { kind: 'looking', code } }
  return { session: { ...session, place: looking }, outputs: [{ kind: 'look', ask: ASK.look, code }] }
}

export function enter(session: OpenwatchpartyServerSession, door: Target): Step {
  const { name, clientId: memberId, vouched } = session
  return {
    session: { ...session, place: { at: 'door' } },
    outputs: [{ kind: 'enter', ask: ASK.enter, door, name, memberId, ...(vouched && { vouched }) }],
  }
}

export function leave(session: OpenwatchpartyServerSession, seat: Seat, to?: Target): Step {
  return {
    session: { ...session, place: { at: 'seat', seat, doing: { kind: 'leaving', ...(to && { to }) } } },
    outputs: [{ kind: 'command', ask: ASK.leave, command: { type: 'leave' } }],
  }
}
