/**
 * The scales of this wire against ours: roles by thousands, how long somebody is kept out or silent by letters, reasons by numbers.
 * Ours have fewer roles, and any time and any words: what falls between is told as the nearest. Pure.
 */
import type { Role } from '../../core/room/role'

export const PLUG_ROLE = { none: 0, residentDj: 1000, bouncer: 2000, manager: 3000, coHost: 4000, host: 5000 } as const

export function plugRoleOf(role: Role): number {
  if (role === 'host') return PLUG_ROLE.host
  return role === 'moderator' ? PLUG_ROLE.manager : PLUG_ROLE.none
}

/** Old pages count 0 to 5. */
export function thousandsOf(plugRole: number): number {
  return plugRole > 0 && plugRole <= 5 ? plugRole * 1000 : plugRole
}

export function roleOf(plugRole: number): Role {
  const role = thousandsOf(plugRole)
  if (role >= PLUG_ROLE.host) return 'host'
  return role >= PLUG_ROLE.bouncer ? 'moderator' : 'member'
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** `f` and `p` are for good. */
export const BAN_LETTERS = ['h', 'd', 'f', 'p'] as const
export type BanLetter = (typeof BAN_LETTERS)[number]

export function banMs(letter: BanLetter): number | undefined {
  if (letter === 'h') return HOUR_MS
  return letter === 'd' ? DAY_MS : undefined
}

export function banLetter(forMs: number | undefined): 'h' | 'd' | 'f' {
  if (forMs === undefined) return 'f'
  return forMs <= HOUR_MS ? 'h' : 'd'
}

export const MUTE_LETTERS = ['s', 'm', 'l'] as const
export type MuteLetter = (typeof MUTE_LETTERS)[number]
const MUTE_MS: Readonly<Record<MuteLetter, number>> = { s: 15 * MINUTE_MS, m: 30 * MINUTE_MS, l: 45 * MINUTE_MS }

export function muteMs(letter: MuteLetter): number {
  return MUTE_MS[letter]
}

export function muteLetter(forMs: number | undefined): MuteLetter {
  if (forMs === undefined || forMs > MUTE_MS.m) return 'l'
  return forMs <= MUTE_MS.s ? 's' : 'm'
}

/** In the order of their numbers, from 1. */
const BAN_REASONS = ['Spamming', 'Verbal abuse', 'Offensive media', 'Inappropriate genre', 'Negative attitude'] as const
const MUTE_REASONS = [
  'Against the rules',
  'Verbal abuse',
  'Spamming',
  'Offensive language',
  'Negative attitude',
] as const

export const banReason = (number: number): string | undefined => BAN_REASONS[number - 1]
export const muteReason = (number: number): string | undefined => MUTE_REASONS[number - 1]

/** What was said in other words counts as the first. */
export const banReasonNumber = (text: string | undefined): number => numberIn(BAN_REASONS, text)
export const muteReasonNumber = (text: string | undefined): number => numberIn(MUTE_REASONS, text)

function numberIn(reasons: readonly string[], text: string | undefined): number {
  return Math.max(0, text === undefined ? 0 : reasons.indexOf(text)) + 1
}
