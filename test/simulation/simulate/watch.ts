/**
 * Looks at a simulated room from outside and counts: how far its players are apart by position and by ear, how far from the
 * room, and how long they need to be together again after an act or a trouble. Knows the truth, never asks a follower.
 * What no exchange of messages can see (one way longer than the other) is in the distributions, but not held against a mend.
 */
import type { PlaybackCommand } from '../../../src/core/room/command'
import { lineAt, positionAt } from '../../../src/core/timeline'
import type { FollowedPlayer } from '../followed-player'
import type { PlantKind } from '../plant'
import type { World } from '../plant-world'
import { addTo, type Figures, type Group, mendsOf, type PairKind, pairOf } from './figures'
import type { SharedRoom } from './shared-room'

export type Watched = {
  readonly name: string
  readonly kind: PlantKind['name']
  readonly player: FollowedPlayer
  readonly unseenMs: number
  /** Something is wrong with it until then. */
  troubleUntilMs: number
}

/** What was wrong with one room, to find the worst of many. */
export type RoomScore = {
  /** Steady time in which two were farther apart than is heard, and by how much at most. */
  apartMs: number
  mostApartMs: number
  slowestMendMs: number
  seeksUnprovoked: number
}

const HEARD_MS = 16
const HELD_MS = 3_000
/** After an act or a trouble it is not steady time yet. */
const UNSTEADY_MS = 5_000
const GIVE_UP_MS = 60_000
const LOOK_MS = 500
const LOOK_CLOSELY_MS = 100
const CLOSELY_FOR_MS = 12_000
/** A stop or a start is on its way; then the seeks that belong to it. */
const COMMANDED_FOR_MS = 3_000
const AFTER_TROUBLE_MS = 8_000

type Mend = { readonly what: string; readonly fromMs: number; lastOffMs: number }
export type Tell = (text: string) => void

export function createWatch(world: World, room: SharedRoom, figures: Figures, group: Group, tell: Tell) {
  const watched: Watched[] = []
  const score: RoomScore = { apartMs: 0, mostApartMs: 0, slowestMendMs: 0, seeksUnprovoked: 0 }
  const errors: number[] = []
  let mend: Mend | undefined
  let steadyFromMs = Number.POSITIVE_INFINITY
  let closelyUntilMs = 0
  let apart: { readonly fromMs: number; mostMs: number; who: string } | undefined

  const isSteady = (each: Watched): boolean => world.nowMs() >= each.troubleUntilMs + UNSTEADY_MS

  const endMend = (tookMs: number): void => {
    if (!mend) return
    group.mendedMs.push(tookMs)
    mendsOf(figures, mend.what).push(tookMs)
    score.slowestMendMs = Math.max(score.slowestMendMs, tookMs)
    tell(
      Number.isFinite(tookMs)
        ? `together ${seconds(tookMs)} after: ${mend.what}`
        : `never together after: ${mend.what}`,
    )
    mend = undefined
  }

  const seeApart = (isApart: boolean, spreadMs: number, who: string): void => {
    if (isApart) {
      apart ??= { fromMs: world.nowMs(), mostMs: 0, who }
      if (spreadMs > apart.mostMs) {
        apart.mostMs = spreadMs
        apart.who = who
      }
    } else if (apart) {
      tell(`apart for ${seconds(world.nowMs() - apart.fromMs)}, at most ${Math.round(apart.mostMs)} ms: ${apart.who}`)
      apart = undefined
    }
  }

  const look = (): void => {
    const nowMs = world.nowMs()
    const everyMs = nowMs < closelyUntilMs ? LOOK_CLOSELY_MS : LOOK_MS
    world.at(nowMs + everyMs, look)
    const line = lineAt(room.timeline(), nowMs)
    if (!line.playing) {
      if (mend) mend.lastOffMs = nowMs
      seeApart(false, 0, '')
      return
    }
    const lineSec = positionAt(line, nowMs)
    const roomIsSteady = nowMs >= steadyFromMs
    let least = Number.POSITIVE_INFINITY
    let most = Number.NEGATIVE_INFINITY
    let leastIsSteady = false
    let mostIsSteady = false
    let leastAt = 0
    let mostAt = 0
    for (let at = 0; at < watched.length; at += 1) {
      const each = watched[at]
      if (!each) continue
      const { player } = each
      const errorMs = ((player.plant.positionSec() - lineSec) * 1000) / line.rate
      errors[at] = errorMs
      if (player.isHidden()) {
        addTo(figures.hidden, Math.abs(errorMs), everyMs)
        continue
      }
      if (nowMs < each.troubleUntilMs) continue
      const seenMs = errorMs - each.unseenMs
      const steady = roomIsSteady && isSteady(each)
      if (seenMs < least) {
        least = seenMs
        leastAt = at
        leastIsSteady = steady
      }
      if (seenMs > most) {
        most = seenMs
        mostAt = at
        mostIsSteady = steady
      }
      if (!steady) continue
      addTo(group.own, Math.abs(errorMs), everyMs)
      group.steadyMs += everyMs
      if (Math.abs(player.plant.rate() - line.rate) < 5e-4) group.atBaseMs += everyMs
    }
    if (roomIsSteady) seePairs(everyMs, line.rate)
    const spreadMs = most - least
    seeMend(spreadMs)
    const isApart = leastIsSteady && mostIsSteady && spreadMs >= HEARD_MS
    if (isApart) {
      score.apartMs += everyMs
      score.mostApartMs = Math.max(score.mostApartMs, spreadMs)
    }
    seeApart(isApart, spreadMs, isApart ? `${tellOf(leastAt)}, ${tellOf(mostAt)}` : '')
  }

  const tellOf = (at: number): string => {
    const each = watched[at]
    if (!each) return ''
    const { skewMs } = each.player.state()
    const says = skewMs === undefined ? 'nothing' : signed(skewMs)
    return `${each.name} ${signed(errors[at] ?? 0)} (says ${says}, clock ${signed(each.player.offsetErrorMs())})`
  }

  const seePairs = (everyMs: number, rate: number): void => {
    for (let i = 0; i < watched.length; i += 1) {
      const one = watched[i]
      if (!one || one.player.isHidden() || !isSteady(one)) continue
      for (let j = i + 1; j < watched.length; j += 1) {
        const other = watched[j]
        if (!other || other.player.isHidden() || !isSteady(other)) continue
        const pairMs = Math.abs((errors[i] ?? 0) - (errors[j] ?? 0))
        const heardMs = (Math.abs(one.player.plant.heardSec() - other.player.plant.heardSec()) * 1000) / rate
        const kinds = pairOf(figures, kindOf(one, other))
        addTo(group.pair, pairMs, everyMs)
        addTo(group.heard, heardMs, everyMs)
        addTo(kinds.pair, pairMs, everyMs)
        addTo(kinds.heard, heardMs, everyMs)
      }
    }
  }

  const seeMend = (spreadMs: number): void => {
    if (!mend) return
    const nowMs = world.nowMs()
    if (nowMs < mend.fromMs) return
    const isTogether =
      spreadMs < HEARD_MS &&
      watched.every(
        ({ player, troubleUntilMs }) => player.isHidden() || nowMs < troubleUntilMs || player.plant.isPlaying(),
      )
    if (!isTogether) mend.lastOffMs = nowMs
    if (nowMs - mend.lastOffMs >= HELD_MS) endMend(mend.lastOffMs - mend.fromMs)
    else if (nowMs - mend.fromMs >= GIVE_UP_MS) endMend(Number.POSITIVE_INFINITY)
  }

  return {
    watched,
    score,
    begin(): void {
      look()
    },
    /** From that moment on the room should come together; what was being mended before is not counted. */
    disturbed(what: string, fromMs: number): void {
      mend = { what, fromMs, lastOffMs: fromMs }
      closelyUntilMs = Math.max(closelyUntilMs, fromMs + CLOSELY_FOR_MS)
    },
    /** Somebody's hand: what is sought now is sought for it. */
    acted(what: PlaybackCommand['type']): void {
      steadyFromMs = Math.max(steadyFromMs, world.nowMs() + UNSTEADY_MS)
      // Standing still there is nothing to mend.
      if (what === 'pause') mend = undefined
      else this.disturbed(what, world.nowMs())
    },
    timelineChanged(countsMs: number): void {
      steadyFromMs = countsMs + UNSTEADY_MS
      closelyUntilMs = Math.max(closelyUntilMs, countsMs + CLOSELY_FOR_MS)
    },
    sought(name: string): void {
      const each = watched.find((one) => one.name === name)
      if (!each) return
      const nowMs = world.nowMs()
      if (nowMs < Math.max(steadyFromMs - UNSTEADY_MS, each.player.toldMs()) + COMMANDED_FOR_MS) return
      if (nowMs < each.troubleUntilMs + AFTER_TROUBLE_MS) {
        group.seeksAfterTrouble += 1
        return
      }
      group.seeksUnprovoked += 1
      score.seeksUnprovoked += 1
      tell(`a seek that nobody asked for: ${tellOf(watched.indexOf(each))}`)
    },
    left({ name, player }: Watched, sinceMs: number): void {
      group.playerMs += world.nowMs() - sinceMs
      group.clicks += player.plant.clicks()
      group.skips += player.plant.skips()
      const at = watched.findIndex((each) => each.name === name)
      if (at >= 0) watched.splice(at, 1)
    },
  }
}

function kindOf(one: Watched, other: Watched): PairKind {
  if (one.kind !== other.kind) return 'mixed'
  return one.kind === 'chromium' ? 'two Chromiums' : 'two Firefoxes'
}

export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}

function signed(ms: number): string {
  return `${ms < 0 ? '' : '+'}${ms.toFixed(1)} ms`
}
