/**
 * A gesture: what a person does to a player in one go, from the first move until it has settled.
 * Players turn one click on the seek bar into pause, seek and play, and one drag into a hundred seeks; the room hears
 * one command. Knows nothing of echoes and sites: only moves that are a person's come in here.
 */
import type { PlayerReading } from './player'
import type { PlaybackCommand } from './room/command'

export type Gesture = {
  readonly sinceMs: number
  readonly lastMs: number
  /** Where the player was at the first move. */
  readonly startSec: number
  /** What playback was last switched to, if it was. */
  readonly playing?: boolean
  /** Where the last seek went. */
  readonly targetSec?: number
  readonly rate?: number
  /** Whether the room ran when it began. */
  readonly roomRan: boolean
  /** It goes on for so long that the others should know. */
  readonly scrubbing: boolean
}

export type Move =
  | { readonly kind: 'playback'; readonly playing: boolean }
  | { readonly kind: 'seek' }
  | { readonly kind: 'rate'; readonly rate: number }

/** What the room does: now, and once everything announced has come. */
export type RoomSeen = { readonly runs: boolean; readonly playing: boolean; readonly rate: number }

/** A click that pauses, seeks and plays does so within one task or two. */
const SETTLE_PLAYBACK_MS = 60
/** Longer than the gap between two moves of a hand on a seek bar or two presses of a key. */
const SETTLE_SEEK_MS = 250
/** Longer than the gap between two moves of a slider. */
const SETTLE_RATE_MS = 100
/**
 * Who pauses and seeks within one settling time is a player under a dragging hand, or one that waits for data, and will
 * play on. The browsers' own controls keep the pointer to themselves, so the hand is not seen.
 */
const SETTLE_PAUSED_SEEK_MS = 2000
/** A button released outside the window is never told. */
const HELD_LIMIT_MS = 5000
const SCRUBBING_AFTER_MS = 600

export function moveGesture(
  gesture: Gesture | undefined,
  move: Move,
  { reading, nowMs, room }: { readonly reading: PlayerReading; readonly nowMs: number; readonly room: RoomSeen },
): Gesture {
  const base = gesture ?? {
    sinceMs: nowMs,
    startSec: reading.positionSec,
    roomRan: room.runs,
    scrubbing: false,
  }
  switch (move.kind) {
    case 'playback':
      return { ...base, lastMs: nowMs, playing: move.playing }
    case 'seek':
      return { ...base, lastMs: nowMs, targetSec: reading.positionSec }
    case 'rate':
      return { ...base, lastMs: nowMs, rate: move.rate }
  }
}

/** When the gesture counts as over if nothing more happens. */
export function settledAtMs(gesture: Gesture, pointerHeld: boolean): number {
  if (pointerHeld) return gesture.lastMs + HELD_LIMIT_MS
  if (gesture.targetSec !== undefined) {
    return gesture.lastMs + (gesture.playing === false ? SETTLE_PAUSED_SEEK_MS : SETTLE_SEEK_MS)
  }
  return gesture.lastMs + (gesture.rate === undefined ? SETTLE_PLAYBACK_MS : SETTLE_RATE_MS)
}

export function scrubbingAtMs(gesture: Gesture): number {
  return gesture.sinceMs + SCRUBBING_AFTER_MS
}

/** What the person asks of the room, if that is not what the room does anyway. */
export function commandsOf(gesture: Gesture, reading: PlayerReading, room: RoomSeen): PlaybackCommand[] {
  const commands: PlaybackCommand[] = []
  if (gesture.rate !== undefined && gesture.rate !== room.rate) commands.push({ type: 'set-rate', rate: gesture.rate })
  const { targetSec } = gesture
  // A stop that was announced may only be for somebody who is waited for: who pauses wants the room to stay there.
  const pausesAnyway = gesture.playing === false && gesture.roomRan && !reading.playing
  if (gesture.playing !== undefined && (reading.playing !== room.playing || pausesAnyway)) {
    commands.push(
      reading.playing
        ? { type: 'play', positionSec: targetSec ?? gesture.startSec }
        : { type: 'pause', positionSec: targetSec ?? reading.positionSec },
    )
  } else if (targetSec !== undefined) {
    commands.push({ type: 'seek', positionSec: targetSec })
  }
  return commands
}
