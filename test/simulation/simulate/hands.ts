/**
 * What people do in a simulated room now and then, each with the own player: the act itself, the follower told to keep the player
 * where the person put it, and the command. Which move is a person's is taken as known; telling that is intent's.
 */
import type { PlaybackCommand } from '../../../src/core/room/command'
import { waitMs } from '../lane'
import type { Chance, World } from '../plant-world'
import type { SharedRoom } from './shared-room'
import type { Tell, Watched } from './watch'

const SEC = 1_000
const MIN = 60 * SEC
const ACTS_EVERY_MS = 4 * MIN
const PAUSE_FOR_MS = [3 * SEC, 60 * SEC] as const
const SKIPS_SEC = [-30, -10, -5, 5, 10, 30, 90] as const
const RATES = [0.75, 1.25, 1.5, 2] as const
const OTHER_RATE_FOR_MS = [30 * SEC, 3 * MIN] as const
/** Somebody who looks for a place skips a few times. */
const LOOKS_FOR_PLACE = { times: 4, everyMs: 900 } as const
export const FILM_SEC = 400_000

export function createHands(
  world: World,
  chance: Chance,
  room: SharedRoom,
  people: () => readonly Watched[],
  onAct: (what: PlaybackCommand['type']) => void,
  tell: Tell,
) {
  const someone = (): Watched | undefined => {
    const able = people().filter(
      ({ player, troubleUntilMs }) =>
        world.nowMs() >= troubleUntilMs && !player.isHidden() && player.state().suspension === undefined,
    )
    return able[Math.floor(chance.float() * able.length)]
  }
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(chance.float() * items.length)]

  const ask = ({ name, player }: Watched, command: PlaybackCommand): void => {
    const where = command.type === 'set-rate' ? `${command.rate}` : `${command.positionSec.toFixed(1)} s`
    tell(`${name}: ${command.type} ${where}`)
    onAct(command.type)
    if (command.type !== 'set-rate') {
      // The follower is told of the player as the person left it, then to keep it there.
      player.step({ kind: 'reading', reading: player.reading() })
      player.step({ kind: 'hold', positionSec: command.positionSec })
    }
    room.says(name, command)
  }
  const play = (by: Watched): void => {
    const { positionSec } = by.player.reading()
    by.player.plant.play()
    ask(by, { type: 'play', positionSec })
  }
  const pause = (by: Watched): void => {
    const { positionSec } = by.player.reading()
    by.player.plant.pause()
    ask(by, { type: 'pause', positionSec })
    world.at(world.nowMs() + chance.between(...PAUSE_FOR_MS), () => {
      const next = someone()
      if (next && !room.line().playing && !room.isWaiting()) play(next)
    })
  }
  const skip = (by: Watched, bySec: number): void => {
    const positionSec = Math.max(0, by.player.reading().positionSec + bySec)
    by.player.plant.seek(positionSec)
    ask(by, { type: 'seek', positionSec })
  }
  const lookForPlace = (by: Watched, times: number): void => {
    skip(by, pick(SKIPS_SEC) ?? 10)
    if (times <= 1) return
    world.at(world.nowMs() + LOOKS_FOR_PLACE.everyMs, () => {
      if (people().includes(by)) lookForPlace(by, times - 1)
    })
  }
  const setRate = (by: Watched): void => {
    ask(by, { type: 'set-rate', rate: pick(RATES) ?? 1.5 })
    world.at(world.nowMs() + chance.between(...OTHER_RATE_FOR_MS), () => {
      const next = someone()
      if (next && room.line().rate !== 1) ask(next, { type: 'set-rate', rate: 1 })
    })
  }

  const act = (): void => {
    actLater()
    const by = someone()
    if (!by) return
    if (!room.line().playing) {
      if (!room.isWaiting()) play(by)
      return
    }
    const dice = chance.float()
    if (dice < 0.4) pause(by)
    else if (dice < 0.8) skip(by, pick(SKIPS_SEC) ?? 10)
    else if (dice < 0.9) lookForPlace(by, LOOKS_FOR_PLACE.times)
    else if (room.line().rate === 1) setRate(by)
    else ask(by, { type: 'set-rate', rate: 1 })
  }
  const actLater = (): void => world.at(world.nowMs() + 2 * SEC + waitMs(chance, ACTS_EVERY_MS), act)

  return {
    begin(by: Watched): void {
      play(by)
      actLater()
    },
  }
}
