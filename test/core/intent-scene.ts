/**
 * A scene for intent: a model of a media element that changes at once and tells its events a little later, as browsers
 * do, with the hands of our side, of a person and of a site on it. Keeps every verdict. Time is turned by hand.
 */

import type { RoomSeen } from '../../src/core/gesture'
import {
  createIntent,
  type IntentContext,
  type IntentInput,
  type IntentState,
  intentDueMs,
  intentStep,
  isHandsOff,
  noteWrite,
  type Verdict,
} from '../../src/core/intent'
import type { PlayerEffect, PlayerEvent } from '../../src/core/player'
import type { PlaybackCommand } from '../../src/core/room/command'

const POLL_MS = 8

export type SceneOptions = {
  readonly playing?: boolean
  readonly rate?: number
  readonly room?: Partial<RoomSeen>
  /** How late events are told. */
  readonly eventDelayMs?: number
}

export function createScene(options: SceneOptions = {}) {
  let nowMs = 1000
  let playing = options.playing ?? true
  let rate = options.rate ?? 1
  let positionSec = 100
  let seekingUntilMs = -1
  let nextPollMs = nowMs
  const eventDelayMs = options.eventDelayMs ?? 1
  const facts = { activated: false, connected: true, ended: false, looping: false, ad: false }
  const element = { readyState: 4, hidden: false, durationSec: 600 }
  const room = { runs: options.room?.playing ?? playing, playing, rate, ...options.room }
  const queue: { readonly event: PlayerEvent; readonly atMs: number }[] = []
  const verdicts: Verdict[] = []
  let state: IntentState = createIntent(context().reading)

  function context(): IntentContext {
    return {
      nowMs,
      reading: {
        atMs: nowMs,
        tookMs: 0.1,
        positionSec,
        rate,
        playing,
        seeking: seekingUntilMs > nowMs,
        ...element,
        ...(seekingUntilMs > nowMs && { readyState: 1 }),
      },
      ...facts,
      room,
    }
  }

  function step(input: IntentInput): void {
    const result = intentStep(state, input, context())
    state = result.state
    verdicts.push(...result.verdicts)
  }

  function tell(event: PlayerEvent, afterMs = eventDelayMs): void {
    queue.push({ event, atMs: nowMs + afterMs })
    queue.sort((a, b) => a.atMs - b.atMs)
  }

  function change(effect: PlayerEffect): void {
    switch (effect.kind) {
      case 'play':
      case 'pause':
        if (playing === (effect.kind === 'play')) return
        playing = effect.kind === 'play'
        tell(effect.kind)
        return
      case 'seek':
        positionSec = effect.positionSec
        seekingUntilMs = nowMs + eventDelayMs + 20
        tell('seeking')
        tell('seeked', eventDelayMs + 20)
        return
      case 'set-rate':
        if (rate === effect.rate) return
        rate = effect.rate
        tell('ratechange')
        return
      case 'set-preserves-pitch':
        return
    }
  }

  function withoutEvents(run: () => void): void {
    const kept = [...queue]
    run()
    queue.splice(0, queue.length, ...kept)
  }

  return {
    facts,
    element,
    room,
    verdicts,
    /** Our own write. */
    write(...effects: readonly PlayerEffect[]) {
      for (const effect of effects) {
        state = noteWrite(state, effect, nowMs)
        change(effect)
      }
    },
    /** Somebody else's: whose, intent has to find out. */
    touch(...effects: readonly PlayerEffect[]) {
      for (const effect of effects) change(effect)
    },
    /** Changes without an event, as on pages that swallow them. */
    touchUntold(effect: PlayerEffect) {
      withoutEvents(() => change(effect))
    },
    writeUntold(effect: PlayerEffect) {
      state = noteWrite(state, effect, nowMs)
      withoutEvents(() => change(effect))
    },
    tell,
    pointer: (held: boolean) => step({ kind: 'pointer', held }),
    playRefused() {
      playing = false
      step({ kind: 'play-refused' })
    },
    wait(ms: number) {
      const untilMs = nowMs + ms
      while (nowMs < untilMs) {
        nowMs += 1
        if (playing && seekingUntilMs <= nowMs) positionSec += rate / 1000
        for (let next = queue[0]; next && next.atMs <= nowMs; next = queue[0]) {
          queue.shift()
          step({ kind: 'event', event: next.event })
        }
        const dueMs = intentDueMs(state) ?? Number.POSITIVE_INFINITY
        if (nowMs >= nextPollMs || nowMs >= dueMs) {
          nextPollMs = nowMs + POLL_MS
          step({ kind: 'reading' })
        }
      }
    },
    positionSec: () => positionSec,
    playing: () => playing,
    isHandsOff: () => isHandsOff(state),
    commands: (): PlaybackCommand[] =>
      verdicts.flatMap((verdict) => (verdict.kind === 'person' ? [verdict.command] : [])),
    siteMoves: () => verdicts.flatMap((verdict) => (verdict.kind === 'site' ? [verdict.move] : [])),
    kinds: () => [...new Set(verdicts.map((verdict) => verdict.kind))].sort(),
  }
}

export const PLAY: PlayerEffect = { kind: 'play' }
export const PAUSE: PlayerEffect = { kind: 'pause' }
export const seekTo = (positionSec: number): PlayerEffect => ({ kind: 'seek', positionSec })
export const setRate = (rate: number): PlayerEffect => ({ kind: 'set-rate', rate })
