/**
 * Intent: which moves of a player are the person's own, which are echoes of our writes and which are the site's.
 * Only here is that decided. Pure: it is given every write, event and reading, and answers with verdicts.
 * A person is believed without a click (media keys, a site's own shortcuts), so the site's habits are listed instead;
 * a mistake costs one command too many or too few and mends with the next act.
 */
import { type Echoes, expectEcho, forgetPlay, takeEcho } from './echoes'
import { commandsOf, type Gesture, type Move, moveGesture, type RoomSeen, scrubbingAtMs, settledAtMs } from './gesture'
import { personRate } from './person-rate'
import { canPlayOn, type PlayerEffect, type PlayerEvent, type PlayerReading } from './player'
import type { PlaybackCommand } from './room/command'

export type SiteMove =
  | 'buffering'
  | 'ended'
  | 'looped'
  | 'loading'
  | 'ad'
  | 'hidden'
  | 'removed'
  /** It plays on after a pause that was its own. */
  | 'went-on'
  /** A skip over a gap in the media, too small to be meant. */
  | 'nudge'
  | 'rate-reset'

export type Verdict =
  | { readonly kind: 'echo' }
  | { readonly kind: 'site'; readonly move: SiteMove }
  /** An event that moves nothing. */
  | { readonly kind: 'no-move' }
  /** Part of a gesture that has not settled: hands off. */
  | { readonly kind: 'gesture' }
  /** The gesture takes so long that the room should know. */
  | { readonly kind: 'scrubbing' }
  /** `sought`: the person has chosen the place, too. */
  | { readonly kind: 'person'; readonly command: PlaybackCommand; readonly sought: boolean }
  /** The gesture is over. Said after its commands; without any, the person wanted what the room does anyway. */
  | { readonly kind: 'settled' }

export type IntentInput =
  | { readonly kind: 'play-refused' }
  | { readonly kind: 'event'; readonly event: PlayerEvent }
  | { readonly kind: 'reading' }
  /** A pointer is pressed, or no longer. */
  | { readonly kind: 'pointer'; readonly held: boolean }

export type IntentContext = {
  readonly nowMs: number
  readonly reading: PlayerReading
  /** A person clicked or typed in the page a moment ago. */
  readonly activated: boolean
  /** The player is in the document. */
  readonly connected: boolean
  readonly ended: boolean
  readonly looping: boolean
  /** The player shows an ad, not the room's media. */
  readonly ad: boolean
  /** What the room does, once everything announced has come. */
  readonly room: RoomSeen
}

/** What is known of the player from the last write or event. */
type Known = { readonly playing: boolean; readonly rate: number }

export type IntentState = {
  readonly known: Known
  readonly echoes: Echoes
  /** Where the player was seen last while it was not seeking. */
  readonly seen: { readonly positionSec: number; readonly atMs: number }
  readonly ownRate: number
  readonly pointerHeld: boolean
  readonly gesture?: Gesture
  readonly siteMayLoadUntilMs?: number
  readonly hiddenSinceMs?: number
  readonly sitePaused: boolean
  /** A seek of ours is under way. */
  readonly ownSeek: boolean
  /** Since when a reading shows what no event has told. */
  readonly untoldSinceMs?: number
}

type Step = { readonly state: IntentState; readonly verdicts: readonly Verdict[] }

/** Sites start, and return to where somebody left off, right after loading. */
const LOADING_MS = 1500
/** A site that pauses when its page is hidden does so at once. */
const HIDING_MS = 500
/** While playing nobody skips by less, and gap skips are smaller. */
const NUDGE_PLAYING_SEC = 0.5
/** While paused people step by frames. */
const NUDGE_PAUSED_SEC = 0.02
const LOOP_EDGE_SEC = 0.5
const SAME_RATE = 1e-6
/** Below it a site stops the picture by rate; no menu offers it. */
const LEAST_RATE = 0.0625
/** Events follow a change within a task or two; later, the page has swallowed them. */
const UNTOLD_MS = 100

export function createIntent(reading: PlayerReading): IntentState {
  return {
    known: { playing: reading.playing, rate: reading.rate },
    echoes: [],
    seen: { positionSec: reading.positionSec, atMs: reading.atMs },
    ownRate: reading.rate,
    pointerHeld: false,
    sitePaused: false,
    ownSeek: false,
  }
}

/** While true nobody but the person touches the player. */
export function isHandsOff(state: IntentState): boolean {
  return state.gesture !== undefined || state.untoldSinceMs !== undefined
}

/** When intent wants the next `reading`, if none comes by itself. */
export function intentDueMs(state: IntentState): number | undefined {
  const { gesture } = state
  if (!gesture) return state.untoldSinceMs === undefined ? undefined : state.untoldSinceMs + UNTOLD_MS
  const settledMs = settledAtMs(gesture, state.pointerHeld)
  return gesture.scrubbing ? settledMs : Math.min(settledMs, scrubbingAtMs(gesture))
}

export function intentStep(state: IntentState, input: IntentInput, context: IntentContext): Step {
  switch (input.kind) {
    case 'play-refused':
      return {
        state: { ...state, echoes: forgetPlay(state.echoes), known: { ...state.known, playing: false } },
        verdicts: [],
      }
    case 'pointer': {
      const { gesture } = state
      const touched = gesture && { gesture: { ...gesture, lastMs: context.nowMs } }
      return { state: { ...state, ...touched, pointerHeld: input.held }, verdicts: [] }
    }
    case 'event':
      return heard(state, input.event, context)
    case 'reading':
      return read(state, context)
  }
}

/** Called for each write of our own, before it is done: what it causes is no move of anybody. */
export function noteWrite(state: IntentState, effect: PlayerEffect, nowMs: number): IntentState {
  const { known } = state
  switch (effect.kind) {
    case 'play':
    case 'pause': {
      const playing = effect.kind === 'play'
      if (known.playing === playing) return state
      const echoes = expectEcho(state.echoes, effect, nowMs)
      return { ...state, echoes, known: { ...known, playing }, sitePaused: false }
    }
    case 'seek':
      return {
        ...state,
        echoes: expectEcho(state.echoes, effect, nowMs),
        seen: { positionSec: effect.positionSec, atMs: nowMs },
        ownSeek: true,
      }
    case 'set-rate':
      return { ...state, known: { ...known, rate: effect.rate }, ownRate: effect.rate }
    case 'set-preserves-pitch':
      return state
  }
}

function heard(state: IntentState, event: PlayerEvent, context: IntentContext): Step {
  const { nowMs, reading } = context
  const left = takeEcho(state.echoes, event, reading, nowMs)
  if (left) return { state: { ...state, echoes: left }, verdicts: [{ kind: 'echo' }] }
  switch (event) {
    case 'play':
    case 'pause':
      return playbackChanged(state, event === 'play', context)
    case 'ratechange':
      return rateChanged(state, context)
    case 'seeking':
      return sought(state, context)
    case 'seeked': {
      // Another seek began before this one's end was told.
      if (reading.seeking) return { state, verdicts: [{ kind: 'no-move' }] }
      const seen = { positionSec: reading.positionSec, atMs: nowMs }
      return { state: { ...state, seen, ownSeek: false }, verdicts: [{ kind: 'no-move' }] }
    }
    case 'emptied': {
      // Other media ends a gesture: it was about what is gone.
      const { gesture, untoldSinceMs, ...rest } = state
      const verdicts: Verdict[] = [{ kind: 'site', move: 'loading' }]
      if (gesture) verdicts.push({ kind: 'settled' })
      return { state: { ...rest, echoes: [], ownSeek: false, siteMayLoadUntilMs: Number.POSITIVE_INFINITY }, verdicts }
    }
    case 'loadedmetadata':
      return {
        state: { ...state, siteMayLoadUntilMs: nowMs + LOADING_MS },
        verdicts: [{ kind: 'site', move: 'loading' }],
      }
    case 'ended':
      return { state, verdicts: [{ kind: 'site', move: 'ended' }] }
    case 'playing':
    case 'waiting':
    case 'canplay':
    case 'error':
      return { state, verdicts: [{ kind: 'no-move' }] }
  }
}

function playbackChanged(state: IntentState, playing: boolean, context: IntentContext): Step {
  if (state.known.playing === playing) return { state, verdicts: [{ kind: 'echo' }] }
  const known = { ...state.known, playing }
  const move = playing ? sitePlay(state, context) : sitePause(state, context)
  if (move) return siteMoved({ ...state, known, sitePaused: !playing }, move)
  return personMoved({ ...state, known, sitePaused: false }, { kind: 'playback', playing }, context)
}

function sitePlay(state: IntentState, context: IntentContext): SiteMove | undefined {
  const move = siteAnyway(state, context)
  if (move || context.activated) return move
  return state.sitePaused ? 'went-on' : undefined
}

function sitePause(state: IntentState, context: IntentContext): SiteMove | undefined {
  const move = siteAnyway(state, context)
  if (move) return move
  if (context.ended) return 'ended'
  if (state.hiddenSinceMs !== undefined && context.nowMs - state.hiddenSinceMs < HIDING_MS) return 'hidden'
  // A seek empties the buffer; if it is not ours, the pause belongs to it, even when it is told first.
  const sought = state.gesture?.targetSec !== undefined || (context.reading.seeking && !state.ownSeek)
  if (!canPlayOn(context.reading) && !context.activated && !sought) return 'buffering'
  return undefined
}

function sought(state: IntentState, context: IntentContext): Step {
  const { reading, nowMs } = context
  const move = siteAnyway(state, context) ?? siteSeek(state, context)
  if (!move) return personMoved(state, { kind: 'seek' }, context)
  return siteMoved({ ...state, seen: { positionSec: reading.positionSec, atMs: nowMs } }, move)
}

function siteSeek(state: IntentState, context: IntentContext): SiteMove | undefined {
  if (state.gesture) return undefined
  const { reading, nowMs } = context
  const ranSec = state.known.playing ? (state.known.rate * (nowMs - state.seen.atMs)) / 1000 : 0
  const fromSec = state.seen.positionSec + ranSec
  const durationSec = reading.durationSec ?? Number.POSITIVE_INFINITY
  if (context.looping && reading.positionSec < LOOP_EDGE_SEC && fromSec > durationSec - LOOP_EDGE_SEC) return 'looped'
  const nudgeSec = state.known.playing ? NUDGE_PLAYING_SEC : NUDGE_PAUSED_SEC
  return Math.abs(reading.positionSec - fromSec) < nudgeSec ? 'nudge' : undefined
}

function rateChanged(state: IntentState, context: IntentContext): Step {
  const { rate } = context.reading
  if (Math.abs(rate - state.known.rate) < SAME_RATE) return { state, verdicts: [{ kind: 'echo' }] }
  const next = { ...state, known: { ...state.known, rate } }
  const move = siteAnyway(state, context)
  if (move) return siteMoved(next, move)
  const meant = personRate(rate, state.ownRate, context.room.rate)
  if (rate < LEAST_RATE || meant === context.room.rate) return siteMoved(next, 'rate-reset')
  if (meant === 1 && !context.activated) return siteMoved(next, 'rate-reset')
  return personMoved(next, { kind: 'rate', rate: meant }, context)
}

/** Times when nothing that happens to a player is meant for the room, clicks or not. */
function siteAnyway(state: IntentState, context: IntentContext): SiteMove | undefined {
  if (!context.connected) return 'removed'
  if (context.ad) return 'ad'
  if (state.siteMayLoadUntilMs !== undefined && context.nowMs < state.siteMayLoadUntilMs) return 'loading'
  return undefined
}

function siteMoved(state: IntentState, move: SiteMove): Step {
  return { state, verdicts: [{ kind: 'site', move }] }
}

function personMoved(state: IntentState, move: Move, context: IntentContext): Step {
  const gesture = moveGesture(state.gesture, move, context)
  return { state: { ...state, gesture }, verdicts: [{ kind: 'gesture' }] }
}

function read(state: IntentState, context: IntentContext): Step {
  const { nowMs, reading } = context
  const { hiddenSinceMs, ...visible } = state
  const looked = reading.hidden ? { ...visible, hiddenSinceMs: hiddenSinceMs ?? nowMs } : visible
  const told = tellUntold(looked, context)
  const settled = settle(told.state, context)
  const seen = reading.seeking
    ? settled.state
    : { ...settled.state, seen: { positionSec: reading.positionSec, atMs: reading.atMs } }
  return { state: seen, verdicts: [...told.verdicts, ...settled.verdicts] }
}

/** A poll may see a change before its event is told, and a page can swallow an event altogether. */
function tellUntold(state: IntentState, context: IntentContext): Step {
  const { reading, nowMs } = context
  const { untoldSinceMs, ...rest } = state
  const playbackTold = reading.playing === state.known.playing
  const rateTold = Math.abs(reading.rate - state.known.rate) < SAME_RATE
  if (playbackTold && rateTold) return { state: rest, verdicts: [] }
  if (untoldSinceMs === undefined) return { state: { ...rest, untoldSinceMs: nowMs }, verdicts: [] }
  if (nowMs - untoldSinceMs < UNTOLD_MS) return { state, verdicts: [] }
  return playbackTold ? rateChanged(rest, context) : playbackChanged(rest, reading.playing, context)
}

function settle(state: IntentState, context: IntentContext): Step {
  const { gesture, ...rest } = state
  if (!gesture) return { state, verdicts: [] }
  if (context.nowMs >= settledAtMs(gesture, state.pointerHeld)) {
    const sought = gesture.targetSec !== undefined
    const commands = commandsOf(gesture, context.reading, context.room)
    return {
      state: rest,
      verdicts: [...commands.map((command) => ({ kind: 'person', command, sought }) as const), { kind: 'settled' }],
    }
  }
  if (gesture.scrubbing || context.nowMs < scrubbingAtMs(gesture)) return { state, verdicts: [] }
  return { state: { ...state, gesture: { ...gesture, scrubbing: true } }, verdicts: [{ kind: 'scrubbing' }] }
}
