/** The one place where a room's timeline changes, and where it is noted who changed it. */
import { type Line, lineAt, positionAt, type Timeline } from '../timeline'
import type { Origin } from './command'
import type { Draft } from './draft'
import type { Act } from './room'

/** Announces a line. One that stands still in a room that stands still counts at once, as does one whose instant has come. */
export function moveTimeline(
  draft: Draft,
  kind: Act['kind'],
  line: Line,
  about: Pick<Act, 'memberId' | 'without'> = byWhom(draft),
  origin?: Origin,
): void {
  const { nowMs } = draft.context
  const counts = lineAt(draft.room().timeline, nowMs)
  const act: Act = {
    kind,
    ...about,
    atMs: nowMs,
    fromSec: positionAt(counts, nowMs),
    toSec: line.positionSec,
  }
  draft.emit({
    type: 'timeline-changed',
    timeline: changed(counts, line, nowMs),
    act,
    ...(origin && { serverOnly: { origin } }),
  })
}

function byWhom({ context: { by } }: Draft): Pick<Act, 'memberId'> {
  return by.kind === 'member' ? { memberId: by.memberId } : {}
}

function changed(counts: Line, line: Line, nowMs: number): Timeline {
  if (line.atMs <= nowMs) return { current: line }
  if (!counts.playing && !line.playing) return { current: { ...line, atMs: nowMs } }
  return { current: counts, next: line }
}
