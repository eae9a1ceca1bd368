/**
 * What the others play: heard through the jitter buffer, handed to the loudspeaker ahead of its moment, and seen on the keys when it
 * sounds. Whoever leaves, falls silent or is no longer heard ends here, whatever was lost. Knows no line and no room.
 */
import { type Hearing, hear, hearOnly, hush, latenessMs, NOBODY_HEARD, type Sound } from '../core/notes/hearing'
import type { NoteBatch } from '../core/notes/note'
import { NOTHING_SHOWN, nextAtMs, playersByKey, type ShownKeys, shownAt, withSounds } from '../core/notes/shown-keys'
import type { MemberId } from '../core/room/member-id'
import type { Clock } from '../platform/clock'
import type { Cancel, Timers } from '../platform/timers'
import type { Loudspeaker } from './loudspeaker'
import type { ServerTime } from './server-time'

export type OthersPlaying = {
  heard(batch: NoteBatch): void
  /** Only these are here. */
  listenTo(members: ReadonlySet<MemberId>): void
  /** Everything ends, at once. */
  silence(): void
  /** Whether what begins from now on is heard and seen; sounds chosen meanwhile are not missed. */
  setAudible(isAudible: boolean): void
  latenessMs(memberId: MemberId): number | undefined
}

export type KeysOfOthers = ReadonlyMap<number, readonly MemberId[]>

type Deps = {
  readonly clock: Clock
  readonly timers: Timers
  readonly serverTime: Pick<ServerTime, 'at' | 'ownAt'>
  readonly loudspeaker: Loudspeaker
  readonly onKeys: (keys: KeysOfOthers) => void
}

const HUSH_EVERY_MS = 1_000
/** By then all that somebody had played has sounded and died away. */
const FORGET_AFTER_MS = 4_000

export function createOthersPlaying({ clock, timers, serverTime, loudspeaker, onKeys }: Deps): OthersPlaying {
  let hearing: Hearing = NOBODY_HEARD
  let shown: ShownKeys = NOTHING_SHOWN
  let here: ReadonlySet<MemberId> = new Set()
  let isAudible = true
  const known = new Set<MemberId>()
  let cancel: Cancel | undefined

  const nowMs = () => serverTime.at(clock.nowMs())

  const show = () => {
    cancel?.()
    cancel = undefined
    const atMs = nowMs()
    if (atMs === undefined) return
    const before = shown
    shown = shownAt(shown, atMs - loudspeaker.latencyMs())
    if (shown.waiting.length < before.waiting.length) onKeys(playersByKey(shown))
    const nextMs = nextAtMs(shown)
    if (nextMs !== undefined) cancel = timers.after(Math.max(1, nextMs + loudspeaker.latencyMs() - atMs), show)
  }
  const sound = (all: readonly Sound[]) => {
    const sounds = isAudible ? all : all.filter(({ kind }) => kind !== 'on')
    for (const each of sounds) {
      const ownMs = serverTime.ownAt(each.atMs)
      if (ownMs === undefined) continue
      known.add(each.memberId)
      loudspeaker.playAt(each.memberId, each, ownMs)
    }
    if (sounds.length === 0) return
    shown = withSounds(shown, sounds)
    show()
  }
  const forget = (memberId: MemberId) => {
    if (here.has(memberId)) return
    known.delete(memberId)
    loudspeaker.forget(memberId)
  }
  const silence = () => {
    for (const memberId of known) loudspeaker.silence(memberId)
    shown = NOTHING_SHOWN
    cancel?.()
    onKeys(new Map())
  }
  const hushOn = () => {
    const atMs = nowMs()
    if (atMs !== undefined) {
      const next = hush(hearing, atMs)
      hearing = next.hearing
      sound(next.sounds)
    }
    timers.after(HUSH_EVERY_MS, hushOn)
  }
  hushOn()

  return {
    heard(batch) {
      const atMs = nowMs()
      if (atMs === undefined || !here.has(batch.memberId)) return
      const next = hear(hearing, batch, atMs)
      hearing = next.hearing
      sound(next.sounds)
    },
    listenTo(members) {
      here = members
      const atMs = nowMs()
      if (atMs === undefined) {
        hearing = NOBODY_HEARD
        silence()
        return
      }
      const next = hearOnly(hearing, members, atMs)
      hearing = next.hearing
      sound(next.sounds)
      for (const memberId of known) if (!members.has(memberId)) timers.after(FORGET_AFTER_MS, () => forget(memberId))
    },
    silence,
    setAudible(next) {
      isAudible = next
      if (!next) silence()
    },
    latenessMs: (memberId) => latenessMs(hearing, memberId),
  }
}
