/**
 * Commands that move the timeline.
 * A line for a running room counts from a moment ahead, so that everybody hears of it before it counts.
 */
import { leadMs } from '../lead'
import { latestLine, positionAt } from '../timeline'
import { positionWithin } from './bounds'
import type { PlaybackCommand } from './command'
import type { Draft } from './draft'
import { moveTimeline } from './move-timeline'
import { memberOf } from './room'
import { startWaiting, stopWaiting, stopWaitingFor } from './waiting'

export function decidePlayback(draft: Draft, command: PlaybackCommand): void {
  const { nowMs, pathsMs } = draft.context
  const room = draft.room()
  const last = latestLine(room.timeline)
  const startMs = nowMs + leadMs(pathsMs, command.type)

  switch (command.type) {
    case 'play': {
      // Somebody who presses play in a room that plays wants in, not everybody back to where they are.
      if (last.playing) return
      const positionSec = positionWithin(command.positionSec)
      if (isMissingClick(draft)) return
      if (room.waiting) stopWaiting(draft, { giveUp: true })
      // Otherwise the others would start, stop a moment later, and start again.
      const waits = !room.waiting && startWaiting(draft)
      moveTimeline(draft, 'play', { ...last, positionSec, playing: !waits, atMs: startMs })
      return
    }
    case 'pause': {
      if (room.waiting) {
        stopWaiting(draft, { giveUp: false })
        moveTimeline(draft, 'pause', { ...last, atMs: nowMs })
        return
      }
      // The first of two who pause at the same moment has paused the room.
      if (!last.playing) return
      moveTimeline(draft, 'pause', {
        ...last,
        positionSec: positionWithin(command.positionSec),
        playing: false,
        atMs: startMs,
      })
      return
    }
    case 'seek':
      moveTimeline(draft, 'seek', { ...last, positionSec: positionWithin(command.positionSec), atMs: startMs })
      return
    case 'set-rate': {
      if (last.rate === command.rate) return
      const atMs = Math.max(startMs, last.atMs)
      moveTimeline(draft, 'set-rate', { ...last, positionSec: positionAt(last, atMs), rate: command.rate, atMs })
      return
    }
  }
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
