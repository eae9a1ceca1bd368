/**
 * What goes wrong with one player and its page, by chance: how often, how long, and how it is done to the simulated player.
 * Rates are chosen so that an hour has some of everything that evenings have, more of it than most.
 */
import { waitMs } from '../lane'
import type { Chance, World } from '../plant-world'
import type { SharedRoom } from './shared-room'
import type { Watched } from './watch'

export type TroubleName =
  | 'gap in the sound'
  | 'hiccup'
  | 'stall'
  | 'long stall'
  | 'busy page'
  | 'hidden page'
  | 'cut'
  | 'lost connection'
  | 'sleep'
  | 'clock set'

type Trouble = {
  readonly name: TroubleName
  readonly perHour: number
  /** A bad network brings more of it. */
  readonly ofNetwork: boolean
  readonly forMs: readonly [number, number]
}

const SEC = 1_000
const MIN = 60 * SEC
const HOUR = 60 * MIN

const TROUBLES: readonly Trouble[] = [
  { name: 'gap in the sound', perHour: 4, ofNetwork: false, forMs: [0, 0] },
  { name: 'hiccup', perHour: 3, ofNetwork: false, forMs: [100, 600] },
  { name: 'stall', perHour: 2, ofNetwork: true, forMs: [800, 6 * SEC] },
  { name: 'long stall', perHour: 0.2, ofNetwork: true, forMs: [12 * SEC, 25 * SEC] },
  { name: 'busy page', perHour: 4, ofNetwork: false, forMs: [300, 3 * SEC] },
  { name: 'hidden page', perHour: 1.5, ofNetwork: false, forMs: [10 * SEC, 5 * MIN] },
  { name: 'cut', perHour: 1, ofNetwork: true, forMs: [1 * SEC, 8 * SEC] },
  { name: 'lost connection', perHour: 0.4, ofNetwork: true, forMs: [10 * SEC, 50 * SEC] },
  { name: 'sleep', perHour: 0.15, ofNetwork: false, forMs: [20 * SEC, 5 * MIN] },
  { name: 'clock set', perHour: 0.1, ofNetwork: false, forMs: [0, 0] },
]

const GAP_MS = [7, 40] as const
const CLOCK_SET_MS = [1 * SEC, 30 * SEC] as const

export type Fate = { readonly trouble: Trouble; readonly inMs: number }

/** The next thing that goes wrong with somebody on such a network. */
export function nextTrouble(chance: Chance, networkTimes: number): Fate {
  const rates = TROUBLES.map(({ perHour, ofNetwork }) => perHour * (ofNetwork ? networkTimes : 1))
  const all = rates.reduce((sum, rate) => sum + rate, 0)
  const inMs = waitMs(chance, HOUR / all)
  let at = chance.float() * all
  const trouble = TROUBLES.find((_, index) => {
    at -= rates[index] ?? 0
    return at < 0
  })
  return { trouble: trouble ?? { name: 'hiccup', perHour: 0, ofNetwork: false, forMs: [100, 600] }, inMs }
}

/** Answers how long it lasts. */
export function befall(
  world: World,
  chance: Chance,
  room: SharedRoom,
  { name, player }: Watched,
  { trouble }: Fate,
): number {
  const forMs = chance.between(...trouble.forMs)
  const { plant } = player
  const later = (run: () => void): void => world.at(world.nowMs() + forMs, run)
  switch (trouble.name) {
    case 'gap in the sound':
      plant.underrun(chance.between(...GAP_MS))
      return forMs
    case 'hiccup':
    case 'stall':
    case 'long stall':
      plant.stall(forMs)
      return forMs
    case 'busy page':
      player.block(forMs)
      return forMs
    case 'hidden page':
      player.hide(true)
      later(() => player.hide(false))
      return forMs
    case 'cut':
      player.cut(forMs)
      return forMs
    case 'lost connection':
      room.lose(name)
      later(() => room.comeBack(name))
      return forMs
    case 'sleep': {
      // On some systems the page's clock stands still as well.
      const standsStill = chance.float() < 0.5
      player.block(forMs)
      plant.stall(forMs)
      room.lose(name)
      later(() => {
        if (standsStill) player.stepClock(-forMs)
        room.comeBack(name)
      })
      return forMs
    }
    case 'clock set':
      player.stepClock(chance.between(...CLOCK_SET_MS) * (chance.float() < 0.5 ? -1 : 1))
      return forMs
  }
}
