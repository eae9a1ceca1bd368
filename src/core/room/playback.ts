/**
 * Commands that move the timeline.
 * A line for a running room counts from a moment ahead, so that everybody hears of it before it counts.
 */
import { leadMs } from '../lead'
import { type Line, latestLine, positionAt } from '../timeline'
import { positionWithin } from './bounds'
import type { LineCommand } from './command'
import type { Draft } from './draft'
import { moveTimeline } from './move-timeline'
import { memberOf } from './room'
import { startWaiting, stopWaiting, stopWaitingFor } from './waiting'

/** A line that is reported again and again is the room's own unless it is further off than this, seconds. */
const NEAR_SEC = { playing: 0.5, paused: 0.02 } as const

export function decidePlayback(draft: Draft, command: LineCommand): void {
  switch (command.type) {
    case 'play':
      return play(draft, command)
    case 'pause':
      return pause(draft, command)
    case 'seek': {
      const last = latestLine(draft.room().timeline)
      return act(draft, command, { ...last, positionSec: positionWithin(command.positionSec) })
    }
    case 'set-rate': {
      const last = latestLine(draft.room().timeline)
      if (last.rate === command.rate) return
      const atMs = Math.max(countsFromMs(draft, command), last.atMs)
      return act(draft, command, { ...last, positionSec: positionAt(last, atMs), rate: command.rate }, atMs)
    }
    case 'set-line':
      return setLine(draft, command)
  }
}

function play(draft: Draft, command: Extract<LineCommand, { type: 'play' }>): void {
  const room = draft.room()
  const last = latestLine(room.timeline)
  // Somebody who presses play in a room that plays wants in, not everybody back to where they are; a player that nobody holds has begun already.
  if (last.playing && (!command.atOnce || isNear(draft, command.positionSec))) return
  const positionSec = positionWithin(command.positionSec)
  if (isMissingClick(draft)) return
  if (room.waiting) stopWaiting(draft, { giveUp: true })
  // Otherwise the others would start, stop a moment later, and start again.
  const waits = !room.waiting && startWaiting(draft)
  act(draft, command, { ...last, positionSec, playing: !waits })
}

function pause(draft: Draft, command: Extract<LineCommand, { type: 'pause' }>): void {
  const room = draft.room()
  const last = latestLine(room.timeline)
  if (room.waiting) {
    stopWaiting(draft, { giveUp: false })
    return act(draft, command, last, draft.context.nowMs)
  }
  // The first of two who pause at the same moment has paused the room.
  if (!last.playing) return
  act(draft, command, { ...last, positionSec: positionWithin(command.positionSec), playing: false })
}

/** A report is an act only where it says something else than the room. A room that waits for somebody does not go on by it. */
function setLine(draft: Draft, command: Extract<LineCommand, { type: 'set-line' }>): void {
  const { waiting, timeline } = draft.room()
  const { positionSec } = command
  if (waiting) {
    if (!command.playing) pause(draft, { ...command, type: 'pause' })
  } else if (command.playing !== latestLine(timeline).playing) {
    if (command.playing) play(draft, { ...command, type: 'play' })
    else pause(draft, { ...command, type: 'pause' })
  } else if (!isNear(draft, positionSec)) {
    act(draft, { ...command, type: 'seek' }, { ...latestLine(timeline), positionSec: positionWithin(positionSec) })
  }
}

function act(
  draft: Draft,
  command: Exclude<LineCommand, { type: 'set-line' }>,
  line: Omit<Line, 'atMs'>,
  atMs = countsFromMs(draft, command),
): void {
  moveTimeline(draft, command.type, { ...line, atMs }, undefined, command.origin)
}

/** A moment ahead, so that everybody hears of it before it counts; now where nobody holds the asker's player until then. */
function countsFromMs(draft: Draft, command: Exclude<LineCommand, { type: 'set-line' }>): number {
  const { nowMs, pathsMs } = draft.context
  return command.atOnce ? nowMs : nowMs + leadMs(pathsMs, command.type)
}

function isNear(draft: Draft, positionSec: number): boolean {
  const last = latestLine(draft.room().timeline)
  const offSec = Math.abs(positionSec - positionAt(last, draft.context.nowMs))
  return offSec <= (last.playing ? NEAR_SEC.playing : NEAR_SEC.paused)
}

/** Pressed by who is waited for because the browser wants a click, play is that click and not impatience. */
function isMissingClick(draft: Draft): boolean {
  const { by } = draft.context
  const room = draft.room()
  if (by.kind !== 'member' || !room.waiting?.for.includes(by.memberId)) return false
  if (memberOf(room, by.memberId)?.suspension?.reason !== 'autoplay-blocked') return false
  stopWaitingFor(draft, by.memberId)
  return true
}
