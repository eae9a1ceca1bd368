/**
 * What a stranger may grow here, and how far. What a frame may be is its dialect's to say, what a room may hold is the core's.
 * Knows no sockets and no rooms; an address is just a text.
 */
import { RateLimiterMemory } from 'rate-limiter-flexible'

export type Limits = {
  readonly rooms: number
  /** Turns that may wait in one room: about a second of work. Who comes, is lost or times out is not counted out. */
  readonly turnsInLine: number
  /** Open at once. A school or a company may come from one address. */
  readonly socketsPerAddress: number
  /** Ways in, new rooms and returns included. */
  readonly entersPerMinute: number
  readonly sockets: number
  /** What may wait for a socket that reads slowly; it can come back and ask what it missed. */
  readonly unsentBytes: number
}

export const LIMITS: Limits = {
  rooms: 10_000,
  turnsInLine: 256,
  socketsPerAddress: 200,
  entersPerMinute: 120,
  sockets: 20_000,
  unsentBytes: 4 * 1024 * 1024,
}

/** May this address go into a room (again) by now? */
export type MayEnter = (address: string) => Promise<boolean>

export function createMayEnter(limits: Limits): MayEnter {
  const limiter = new RateLimiterMemory({ points: limits.entersPerMinute, duration: 60 })
  return async (address) => {
    try {
      await limiter.consume(address)
      return true
    } catch {
      return false
    }
  }
}
