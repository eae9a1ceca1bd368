/**
 * One person on one wire, as an unmodified client of it would be: what they can do there, and what they are told.
 * What a wire has no word for is said here with its reason; everything else is looked at.
 */
import type { Ask, Dial } from '../foreign/channel'
import type { Time } from '../foreign/time'
import type { Aspect, Seen } from './seen'

export const STEPS = ['join', 'play', 'seek', 'rate', 'pause', 'next in queue', 'chat', 'leave', 'host leaves'] as const
export type Step = (typeof STEPS)[number]

export type Hand = {
  readonly dialect: string
  /** Whose ways it has, as README tells them. */
  readonly client: string
  /** Why this wire can't do it, where it can't. */
  readonly cannot: Partial<Readonly<Record<Step, string>>>
  /** Why this wire does not tell it, where it does not. */
  readonly blind: Partial<Readonly<Record<Aspect, string>>>
  /** Why it can't tell that a room stands still, or where one is in which nothing is current. */
  readonly standing?: string
  /** How near its position is to the room's as well as the wire lets a living client know, seconds; in a room that runs at another rate, too. */
  readonly within: { readonly sec: number; readonly atOtherRateSec?: number }
  /** A new room with this person in it. */
  make(): Promise<void>
  enter(code: string): Promise<void>
  play(): Promise<void> | void
  seek(positionSec: number): Promise<void> | void
  setRate(rate: number): Promise<void> | void
  pause(): Promise<void> | void
  /** Puts these into the queue of a room in which nothing is current. */
  queueUp(items: readonly Film[]): Promise<void> | void
  next(): Promise<void> | void
  say(text: string): Promise<void> | void
  leave(): Promise<void> | void
  sees(): Seen
  /** What a living client would have stumbled over. */
  stumbles(): readonly string[]
  stop(): void
}

export type Film = { readonly id: string; readonly title: string; readonly lengthSec: number }

/** The world that a hand is put into: a server that speaks all wires, on a manual clock. */
export type World = {
  readonly server: string
  readonly time: Time
  readonly dial: Dial
  readonly ask: Ask
  readonly name: string
}

export type HandMaker = (world: World) => Hand

export const nothing = (): void => {}

export function addressOf(film: Film): string {
  return `https://www.youtube.com/watch?v=${film.id}`
}
