/**
 * What is played on this page: fingers on keys, whoever they belong to, sounded at once and sent when it is due. Nothing of it stays
 * down: letting go ends all of it, here and for the others. Knows no others.
 */
import { type Hands, lift, NO_HANDS, press } from '../core/notes/hands'
import { isPedalDown, type NoteAct, SUSTAIN } from '../core/notes/note'
import { dueAtMs, letGo, NOTHING_PLAYED, type Playing, play, take } from '../core/notes/playing'
import type { NotesToBackground } from '../messages/notes-to-background'
import type { Clock } from '../platform/clock'
import type { Cancel, Timers } from '../platform/timers'

export type OwnPlaying = {
  /** `ownMs`: when it was, by this page's clock. */
  press(finger: string, key: number, velocity: number, ownMs: number): void
  lift(finger: string, ownMs: number): void
  /** An instrument is gone: its fingers, whose names begin so, with pedal and bend, which only instruments have. */
  liftAll(prefix: string): void
  /** Levers, bends, and which sound. */
  turn(act: Exclude<NoteAct, { kind: 'on' | 'off' }>, ownMs: number): void
  letGo(): void
  /** From now on somebody hears it, or nobody does. */
  setHeard(isHeard: boolean): void
}

type Deps = {
  readonly clock: Clock
  readonly timers: Timers
  readonly serverMsAt: (ownMs: number) => number | undefined
  readonly sound: (act: NoteAct) => void
  readonly post: (message: NotesToBackground) => void
  readonly onKeys: (keys: ReadonlySet<number>) => void
}

/** Everything played on one page is one instrument. */
export const OWN_CHANNEL = 0
/** What a browser says about when an event was is believed this far back. */
const OLDEST_MS = 200

export function createOwnPlaying({ clock, timers, serverMsAt, sound, post, onKeys }: Deps): OwnPlaying {
  let hands: Hands = NO_HANDS
  let playing: Playing = NOTHING_PLAYED
  let isHeard = false
  let pedalDown = false
  let isBent = false
  let cancel: Cancel | undefined

  const send = () => {
    cancel?.()
    cancel = undefined
    const dueMs = dueAtMs(playing)
    if (dueMs === undefined) return
    const nowMs = clock.nowMs()
    if (dueMs > nowMs) {
      cancel = timers.after(dueMs - nowMs, send)
      return
    }
    const taken = take(playing, nowMs)
    playing = taken.playing
    post({
      type: 'played',
      notes: [...taken.played.notes],
      held: { keys: [...taken.played.held.keys], pedals: [...taken.played.held.pedals] },
    })
    send()
  }

  const act = (done: NoteAct, ownMs: number) => {
    sound(done)
    const nowMs = clock.nowMs()
    const atMs = isHeard ? serverMsAt(Math.min(nowMs, Math.max(nowMs - OLDEST_MS, ownMs))) : undefined
    if (atMs === undefined) return
    playing = play(playing, { ...done, atMs })
    send()
  }
  const move = (moved: ReturnType<typeof press>, velocity: number, ownMs: number) => {
    hands = moved.hands
    if (moved.off !== undefined) act({ kind: 'off', channel: OWN_CHANNEL, key: moved.off }, ownMs)
    if (moved.on !== undefined) act({ kind: 'on', channel: OWN_CHANNEL, key: moved.on, velocity }, ownMs)
    onKeys(new Set(hands.values()))
  }

  const liftPedal = () => {
    if (!pedalDown) return
    pedalDown = false
    act({ kind: 'control', channel: OWN_CHANNEL, controller: SUSTAIN, value: 0 }, clock.nowMs())
  }

  return {
    press: (finger, key, velocity, ownMs) => move(press(hands, finger, key), velocity, ownMs),
    lift: (finger, ownMs) => move(lift(hands, finger), 0, ownMs),
    liftAll(prefix) {
      for (const finger of hands.keys()) if (finger.startsWith(prefix)) move(lift(hands, finger), 0, clock.nowMs())
      liftPedal()
      if (isBent) act({ kind: 'bend', channel: OWN_CHANNEL, bend: 0 }, clock.nowMs())
      isBent = false
    },
    turn(done, ownMs) {
      if (done.kind === 'bend') isBent = done.bend !== 0
      if (done.kind === 'control' && done.controller === SUSTAIN) pedalDown = isPedalDown(done.value)
      act(done, ownMs)
    },
    letGo() {
      for (const finger of hands.keys()) move(lift(hands, finger), 0, clock.nowMs())
      liftPedal()
      const atMs = serverMsAt(clock.nowMs())
      if (isHeard && atMs !== undefined) {
        playing = letGo(playing, atMs)
        send()
      }
    },
    setHeard(next) {
      if (next === isHeard) return
      isHeard = next
      // What nobody heard begin is not sent later; what is held now is begun for nobody.
      playing = NOTHING_PLAYED
      send()
    },
  }
}
