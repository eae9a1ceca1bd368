/**
 * The way into a room: from what a person pressed or pasted to a door that is knocked at, and what a no there means.
 * A door that asks for a password is kept, so that the person only has to type that.
 */
import type { RoomClient, RoomClientState } from '../client/room-client'
import { type Refusal, refuse } from '../core/room/refusal'
import type { Door } from '../dialects/dialect'
import { recogniseToken } from '../dialects/recognise'
import type { Problem } from '../messages/background-to-popup'
import type { LockedDoor } from '../messages/room-parts'
import type { Clock } from '../platform/clock'
import { roomFrom } from './act'
import { inviteLink, readInvite } from './invite'
import type { Keys } from './keys'
import type { PageDriver } from './page-driver'
import { bestFrame } from './pages'
import type { Settings } from './stored-values'
import type { Doing } from './view'

export type WayIn = {
  startRoom(tabId: number | undefined, name: string): void
  joinRoom(tabId: number | undefined, wish: { text: string; name: string; password?: string }): void
  /** Into any room that is open to everybody. */
  joinAny(tabId: number | undefined, name: string): void
  /** Be the person that another browser is at this server. */
  useKey(text: string): void
  /** An earlier life of ours sat in a room. */
  comesBack(): void
  /** What to show for a no at the door, or for a seat that is gone. */
  turnedAway(before: RoomClientState, why: Refusal): Problem | undefined
  forgetDoor(): void
  doing(): Doing
  lockedDoor(): LockedDoor | undefined
}

export type WayInDeps = {
  readonly client: Pick<RoomClient, 'enter' | 'state'>
  readonly driver: Pick<PageDriver, 'drive' | 'pages'>
  readonly keys: Keys
  readonly clock: Clock
  readonly settings: () => Settings
  readonly keepName: (name: string) => void
  readonly setProblem: (problem: Problem | undefined) => void
}

const OWN = 'tutti'

/** After these the same door may open with the right word. */
const STILL_LOCKED: readonly Refusal['code'][] = ['too-many-tries', 'too-fast']

export function createWayIn({ client, driver, keys, clock, settings, keepName, setProblem }: WayInDeps): WayIn {
  let doing: Doing = 'joining'
  let locked: LockedDoor | undefined

  const isIn = (): boolean => {
    if (client.state().kind === 'outside') return false
    setProblem({ kind: 'refused', ...refuse('already-in-room') })
    return true
  }

  const enter = (tabId: number | undefined, server: string, door: Door, typedName: string): void => {
    const name = typedName.trim()
    setProblem(undefined)
    keepName(name)
    driver.drive(tabId)
    const token = keys.at(server)
    client.enter({ server, door, ...(name !== '' && { name }), ...(token !== undefined && { token }) })
  }

  return {
    startRoom(tabId, name) {
      const offering = bestFrame(driver.pages(), tabId)
      // The button is not there without a video; if the video went just now, the popup has been told.
      if (!offering || isIn()) return
      const create = roomFrom(offering.offer.player, offering.offer.atMs, clock.nowMs())
      doing = 'starting'
      enter(tabId, settings().server, { kind: 'new', create }, name)
    },

    joinRoom(tabId, { text, name, password }) {
      const read = readInvite(text)
      if (!read.ok) {
        setProblem(read.problem)
        return
      }
      if (isIn()) return
      doing = 'joining'
      const { server = settings().server, ...door } = read.invite
      enter(tabId, server, { kind: 'code', ...door, ...(password !== undefined && { password }) }, name)
    },

    joinAny(tabId, name) {
      if (isIn()) return
      doing = 'joining'
      enter(tabId, settings().server, { kind: 'any' }, name)
    },

    useKey(text) {
      const key = recogniseToken(text)
      if (isIn()) return
      if (key === undefined) setProblem({ kind: 'not-understood', text })
      else {
        keys.keep(settings().server, key)
        setProblem(undefined)
      }
    },

    comesBack() {
      doing = 'coming-back'
    },

    turnedAway(before, why) {
      const lost = doorOf(before)
      if (lost && (why.code === 'password-needed' || why.code === 'wrong-password')) {
        locked = { ...lost, isWrong: why.code === 'wrong-password' }
        return undefined
      }
      if (!STILL_LOCKED.includes(why.code)) locked = undefined
      return { kind: 'refused', ...why }
    },

    forgetDoor() {
      locked = undefined
    },

    doing: () => doing,
    lockedDoor: () => locked,
  }
}

/** The door that somebody stood at, as a link that leads there again. */
function doorOf(state: RoomClientState): Pick<LockedDoor, 'text' | 'code'> | undefined {
  // Doors of other systems have a form of their own.
  if (state.kind === 'outside' || state.dialect !== OWN) return undefined
  if (state.kind === 'connecting' && state.door.kind === 'code') {
    const { code, invite } = state.door
    return { code, text: inviteLink(state.server, code, invite) }
  }
  if (state.kind === 'lost' && state.room) {
    return { code: state.room.code, text: inviteLink(state.server, state.room.code) }
  }
  return undefined
}
