/** From one item to the next: the one place where what is current goes and something else comes. */
import { leadMs } from '../lead'
import { latestLine, lineAt, positionAt } from '../timeline'
import type { Draft } from './draft'
import { type Item, UNVOTED } from './item'
import { fits } from './items'
import { moveTimeline } from './move-timeline'
import { nextItem } from './next-item'
import { audienceOf, type PublicRoom } from './room'
import { startWaiting, stopWaiting } from './waiting'

/** What is current is over: the next one comes, or nothing is current any more. */
export function advance(draft: Draft, { skipped }: { readonly skipped: boolean }): void {
  const { media, queue, settings } = draft.room()
  if (media) {
    notePlayed(draft, media, skipped)
    const again = { ...waitingAgain(media), ...UNVOTED }
    if (settings.mode === 'loop' && mayWait(media, queue.items.slice(1))) {
      draft.emit({ type: 'queue-added', items: [again], index: queue.items.length })
    }
  }
  const { item, booth } = nextItem(draft.room())
  if (booth && !sameBooth(booth, draft.room())) draft.emit({ type: 'booth-changed', booth })
  if (item) takeUp(draft, item)
  else if (media) endOfLine(draft)
}

/** Something waits and nothing is current: it begins. */
export function startIfIdle(draft: Draft): void {
  if (!draft.room().media && nextItem(draft.room()).item) advance(draft, { skipped: false })
}

/** An item of the queue becomes current, from its start; it plays if the room does, or if it is somebody's turn. */
export function takeUp(draft: Draft, item: Item): void {
  const { settings, timeline, waiting } = draft.room()
  const playing = settings.mode === 'rotation' || waiting !== undefined || latestLine(timeline).playing
  draft.emit({ type: 'queue-removed', itemId: item.id })
  begin(draft, item, playing)
}

/** The room stands at the start of it at once; if it is to play, from a moment ahead. */
export function begin(draft: Draft, item: Item, playing: boolean): void {
  const { nowMs, pathsMs } = draft.context
  stopWaiting(draft, { giveUp: false })
  draft.emit({ type: 'media-changed', media: { ...item, sinceMs: nowMs } })
  const line = { positionSec: item.startAtSec ?? 0, rate: 1, playing: false, atMs: nowMs }
  moveTimeline(draft, 'set-media', line)
  // Who can't play just now says so once: nobody would be waited for whom the last item held up.
  if (!playing || startWaiting(draft)) return
  // Players need time to load it, as after a seek.
  moveTimeline(draft, 'set-media', { ...line, playing, atMs: nowMs + leadMs(pathsMs, 'seek') })
}

/** Nothing comes after it: players stay where they are, and nothing is current. */
function endOfLine(draft: Draft): void {
  const { nowMs } = draft.context
  stopWaiting(draft, { giveUp: false })
  const counts = lineAt(draft.room().timeline, nowMs)
  draft.emit({ type: 'media-changed' })
  moveTimeline(draft, 'pause', { positionSec: positionAt(counts, nowMs), rate: 1, playing: false, atMs: nowMs })
}

export function notePlayed(draft: Draft, media: Item, skipped: boolean): void {
  const { nowMs } = draft.context
  const { id: itemId, number, durationSec, addedBy, sinceMs, up, down, grabs, content } = media
  draft.emit({
    type: 'item-played',
    played: {
      itemId,
      number,
      ...(durationSec !== undefined && { durationSec }),
      ...(addedBy !== undefined && { addedBy }),
      sinceMs: sinceMs ?? nowMs,
      endedAtMs: nowMs,
      skipped,
      score: { up: up.length, down: down.length, grabs: grabs.length, listeners: audienceOf(draft.room()).length },
      content,
    },
  })
}

/** Is there room for what is current beside those? What came from the queue has its place; what was set was never counted. */
export function mayWait(media: Item, others: readonly Item[]): boolean {
  return media.queued === true || fits(others, [media])
}

/** What was current, as it waits in the queue again. */
export function waitingAgain({ sinceMs: _, startAtSec: __, ...item }: Item, startAtSec?: number): Item {
  return { ...item, queued: true, ...(startAtSec !== undefined && { startAtSec }) }
}

function sameBooth(one: PublicRoom['booth'], { booth }: PublicRoom): boolean {
  return one.playing === booth.playing && one.waiting.join() === booth.waiting.join()
}
