/**
 * What people do at a player, as browsers tell of it: a click or a key first, then what the page makes of it.
 * Answers what the room should hear of it.
 */
import type { PlayerEffect } from '../../src/core/player'
import type { PlaybackCommand } from '../../src/core/room/command'
import type { SeededRandom } from '../doubles/seeded-random'
import type { DrivenPlayer } from './driven-player'
import type { Moments } from './plant-world'

/** What it may ask of the room: a button that toggles does what it finds, and a room may stop or go on under the hand. */
export type Act = { readonly what: string; readonly asks: readonly PlaybackCommand['type'][] }
type Effect = () => PlayerEffect

const RATES = [0.75, 1, 1.25, 1.5] as const
const CLICK_MS = 90
const DRAG_EVERY_MS = 60
/** Far enough to be no slip, and away from both ends of the film. */
const FROM_SEC = 60
const TO_SEC = 6_000

export function actAt(player: DrivenPlayer, moments: Moments, random: SeededRandom): Act {
  const { playing, rate } = player.plant.truth()
  const after = (ms: number, run: () => void): void => moments.at(moments.nowMs() + ms, run)
  const place = (): number => random.between(FROM_SEC, TO_SEC)

  const click = (effect: Effect): void => {
    player.tell({ kind: 'pointer', held: true })
    after(CLICK_MS, () => {
      player.tell({ kind: 'pointer', held: false })
      player.tell({ kind: 'touched' })
      player.touch(effect())
      after(0, () => player.tell({ kind: 'clicked' }))
    })
  }
  const key = (effect: Effect): void => {
    player.tell({ kind: 'touched' })
    player.touch(effect())
    after(0, () => player.tell({ kind: 'clicked' }))
  }
  const drag = (pausesMeanwhile: boolean): void => {
    const moves = Math.floor(random.between(3, 40))
    player.tell({ kind: 'pointer', held: true })
    if (pausesMeanwhile) player.touch({ kind: 'pause' })
    for (let move = 1; move <= moves; move += 1) {
      after(move * DRAG_EVERY_MS, () => player.touch({ kind: 'seek', positionSec: place() }))
    }
    after((moves + 1) * DRAG_EVERY_MS, () => {
      if (pausesMeanwhile) player.touch({ kind: 'play' })
      player.tell({ kind: 'pointer', held: false })
      player.tell({ kind: 'touched' })
      after(0, () => player.tell({ kind: 'clicked' }))
    })
  }

  const press = random.float() < 0.5 ? click : key
  const dice = random.float()
  if (dice < 0.35) {
    const asks: ('play' | 'pause')[] = []
    press(() => {
      const kind = player.plant.truth().playing ? 'pause' : 'play'
      asks.push(kind)
      return { kind }
    })
    return { what: 'toggle', asks }
  }
  if (dice < 0.55) {
    press(() => ({ kind: 'seek', positionSec: place() }))
    return { what: 'seek', asks: ['seek'] }
  }
  if (dice < 0.7) {
    const [first = 1, ...others] = RATES.filter((each) => Math.abs(each - rate) > 0.1)
    const chosen = random.pick([first, ...others])
    press(() => ({ kind: 'set-rate', rate: chosen }))
    return { what: `rate ${chosen}`, asks: ['set-rate'] }
  }
  if (dice < 0.85) {
    const pausesMeanwhile = playing && random.float() < 0.5
    drag(pausesMeanwhile)
    return { what: 'drag', asks: pausesMeanwhile ? ['seek', 'play'] : ['seek'] }
  }
  if (dice < 0.93) {
    const kind = playing ? 'pause' : 'play'
    player.tell({ kind: 'act', act: { kind } })
    return { what: 'button', asks: [kind] }
  }
  player.tell({ kind: 'act', act: { kind: 'skip', bySec: random.pick([-10, 10]) } })
  return { what: 'skip', asks: ['seek'] }
}
