/**
 * What a stranger may grow here, and how far. What a frame may be is its dialect's to say, what a room may hold is the core's.
 * Knows no sockets and no rooms; an address is just a text.
 */
import { RateLimiterMemory } from 'rate-limiter-flexible'
import type { Clock } from '../platform/clock'
import { createTokenBuckets } from './token-bucket'

export type Limits = {
  readonly rooms: number
  /** Made at one address, also such that nobody has ever sat in: others must find a place. */
  readonly roomsPerAddress: number
  /** Rooms that outlive their people: others must always find a place. */
  readonly permanentRooms: number
  /** Such rooms that one address may make. */
  readonly permanentPerDay: number
  /** Of whom something is kept: profile, friends, playlists. Each may be a megabyte, and hardly anybody's is. */
  readonly people: number
  /** Such people who come from one address. */
  readonly peoplePerDay: number
  /** What may wait for one person. */
  readonly turnsForPerson: number
  /** Turns that may wait in one room: about a second of work. Who comes, is lost or times out is not counted out. */
  readonly turnsInLine: number
  /** Open at once. A school or a company may come from one address. */
  readonly socketsPerAddress: number
  /** The same with plain requests: a browser opens six at most. */
  readonly connectionsPerAddress: number
  /** Ways in, new rooms included. */
  readonly entersPerMinute: number
  /** Returns of one identity to a seat that it holds, before they count as ways in: after a restart everybody comes back at once. */
  readonly returnsPerMinute: number
  /** Invite pages of rooms that are not there: a mistyped link now and then, not a search for rooms. */
  readonly missesPerMinute: number
  /** Wrong passwords at the door of one room. */
  readonly triesPerMinute: number
  /** Of all who try at one room, from wherever. */
  readonly triesPerRoomPerMinute: number
  /** Accounts of wires that have them: made by one address, and tried with a password from one. */
  readonly accounts: number
  readonly signUpsPerDay: number
  readonly signInsPerMinute: number
  /** Commands and questions of one person, however many sockets they come over. */
  readonly asksPerSec: number
  readonly asksAtOnce: number
  readonly sockets: number
  /** What may wait for a socket that reads slowly, the longest room at least; it can come back and ask what it missed. */
  readonly unsentBytes: number
  readonly unsentBytesInAll: number
}

export const LIMITS: Limits = {
  rooms: 10_000,
  roomsPerAddress: 200,
  permanentRooms: 5_000,
  permanentPerDay: 20,
  people: 50_000,
  peoplePerDay: 200,
  turnsForPerson: 64,
  turnsInLine: 256,
  socketsPerAddress: 200,
  connectionsPerAddress: 1_000,
  entersPerMinute: 120,
  returnsPerMinute: 10,
  missesPerMinute: 30,
  triesPerMinute: 10,
  triesPerRoomPerMinute: 120,
  accounts: 100_000,
  signUpsPerDay: 20,
  signInsPerMinute: 30,
  asksPerSec: 5,
  asksAtOnce: 60,
  sockets: 20_000,
  unsentBytes: 4 * 1024 * 1024,
  unsentBytesInAll: 256 * 1024 * 1024,
}

/** May somebody at this address go into a room (again) by now? `returning` is an identity that holds a seat there. */
export type MayEnter = (address: string, returning?: string) => Promise<boolean>

export function createMayEnter(limits: Limits): MayEnter {
  const enters = new RateLimiterMemory({ points: limits.entersPerMinute, duration: 60 })
  const returns = new RateLimiterMemory({ points: limits.returnsPerMinute, duration: 60 })
  return async (address, returning) =>
    (returning !== undefined && (await takes(returns, returning))) || takes(enters, address)
}

/** May somebody at this address have one more room that outlives its people? */
export type MayKeep = (address: string) => Promise<boolean>

export function createMayKeep(limits: Limits): MayKeep {
  const limiter = new RateLimiterMemory({ points: limits.permanentPerDay, duration: 24 * 3600 })
  return (address) => takes(limiter, address)
}

/** May one more person be kept who comes from this address? */
export function createMayBegin(limits: Limits): MayKeep {
  const limiter = new RateLimiterMemory({ points: limits.peoplePerDay, duration: 24 * 3600 })
  return (address) => takes(limiter, address)
}

/** May somebody at this address make one more account? */
export function createMaySignUp(limits: Limits): MayKeep {
  const limiter = new RateLimiterMemory({ points: limits.signUpsPerDay, duration: 24 * 3600 })
  return (address) => takes(limiter, address)
}

/** May somebody at this address show one more password, for whatever login? */
export function createMaySignIn(limits: Limits): MayKeep {
  const limiter = new RateLimiterMemory({ points: limits.signInsPerMinute, duration: 60 })
  return (address) => takes(limiter, address)
}

/** Who asks for rooms that are not there, again and again, is looking for those that are. */
export type Guesses = {
  mayGuess(address: string): Promise<boolean>
  /** The room is there: that was no guess. */
  wasRight(address: string): Promise<void>
}

export function createGuesses(limits: Limits): Guesses {
  const limiter = new RateLimiterMemory({ points: limits.missesPerMinute, duration: 60 })
  return {
    // Counted before it is looked up, so that many at once are not one.
    mayGuess: (address) => takes(limiter, address),
    async wasRight(address) {
      await limiter.reward(address)
    },
  }
}

/** Who tries password after password is not one who forgot it. */
export type PasswordTries = {
  mayTry(address: string, roomId: string): Promise<boolean>
  wasRight(address: string, roomId: string): Promise<void>
}

export function createPasswordTries(limits: Limits): PasswordTries {
  const fromOne = new RateLimiterMemory({ points: limits.triesPerMinute, duration: 60 })
  const fromAll = new RateLimiterMemory({ points: limits.triesPerRoomPerMinute, duration: 60 })
  const key = (address: string, roomId: string): string => `${roomId} ${address}`
  return {
    mayTry: async (address, roomId) => (await takes(fromOne, key(address, roomId))) && takes(fromAll, roomId),
    async wasRight(address, roomId) {
      await fromOne.reward(key(address, roomId))
      await fromAll.reward(roomId)
    },
  }
}

/** May this person ask something by now? Answered at once: what one person asks stays in order. */
export type MayAsk = (identity: string) => boolean

export function createMayAsk({ asksPerSec, asksAtOnce }: Limits, clock: Clock): MayAsk {
  const buckets = createTokenBuckets(asksPerSec, asksAtOnce)
  return (identity) => buckets.take(identity, clock.nowMs())
}

async function takes(limiter: RateLimiterMemory, key: string): Promise<boolean> {
  try {
    await limiter.consume(key)
    return true
  } catch {
    return false
  }
}
