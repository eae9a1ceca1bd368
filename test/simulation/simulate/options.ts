/** What can be asked of `npm run simulate`, and what it says to what it does not know. */
import { parseArgs } from 'node:util'

export type Wish =
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly why: string }
  | { readonly kind: 'simulate'; readonly rooms: number; readonly hours: number; readonly seed: number }

const DEFAULTS = { rooms: 400, hours: 1, seed: 1 } as const
const MOST = { rooms: 100_000, hours: 24, seed: 1_000_000 } as const

export const USAGE = `npm run simulate -- OPTIONS
  --rooms N   how many rooms, 1 to ${MOST.rooms}; ${DEFAULTS.rooms} without it; of a single room the story is told
  --hours H   how long each lives, up to ${MOST.hours}; ${DEFAULTS.hours} without it
  --seed S    the first room's seed, 1 to ${MOST.seed}, the next has the next; ${DEFAULTS.seed} without it
  --help      this text`

export function readOptions(args: readonly string[]): Wish {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        rooms: { type: 'string' },
        hours: { type: 'string' },
        seed: { type: 'string' },
        help: { type: 'boolean' },
      },
    })
    if (values.help) return { kind: 'help' }
    const rooms = numberIn(values.rooms, DEFAULTS.rooms)
    const hours = numberIn(values.hours, DEFAULTS.hours)
    const seed = numberIn(values.seed, DEFAULTS.seed)
    if (!isWhole(rooms, MOST.rooms)) return wrong(`--rooms takes a whole number from 1 to ${MOST.rooms}.`)
    if (!(hours > 0 && hours <= MOST.hours)) return wrong(`--hours takes a number above 0, up to ${MOST.hours}.`)
    if (!isWhole(seed, MOST.seed)) return wrong(`--seed takes a whole number from 1 to ${MOST.seed}.`)
    return { kind: 'simulate', rooms, hours, seed }
  } catch (error) {
    return wrong(error instanceof Error ? `${error.message.split('. ')[0]}.` : String(error))
  }
}

function numberIn(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise
  return text.trim() === '' ? Number.NaN : Number(text)
}

function isWhole(value: number, most: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= most
}

function wrong(why: string): Wish {
  return { kind: 'wrong', why }
}
