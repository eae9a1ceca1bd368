/**
 * What a piano room is told of the film: one line when somebody plays, pauses, skips or sets something, since the wire has no word for it.
 * Pure. Small moves of a host's own player are no news.
 */
import type { RoomEvent } from '../../core/room/event'
import { memberOf, type PublicRoom } from '../../core/room/room'
import { lineAt, positionAt } from '../../core/timeline'

const SMALL_SEC = 1

/** Nothing where there is nothing to tell. */
export function filmLine(event: RoomEvent, room: PublicRoom): string | undefined {
  if (event.type === 'media-changed')
    return event.media ? `Now playing: ${titleOf(event.media)}` : 'Nothing is playing.'
  if (event.type !== 'timeline-changed') return undefined
  const { act } = event
  const who = memberOf(room, act.memberId)?.shown.name
  const at = clockText(act.toSec)
  switch (act.kind) {
    case 'play':
      return `${who ?? 'Somebody'} started the film at ${at}.`
    case 'pause':
      return `${who ?? 'Somebody'} stopped the film at ${at}.`
    case 'seek':
      return Math.abs(act.toSec - act.fromSec) < SMALL_SEC ? undefined : `${who ?? 'Somebody'} moved the film to ${at}.`
    case 'set-rate':
      return `${who ?? 'Somebody'} set the film's speed to ${event.timeline.next?.rate ?? event.timeline.current.rate}.`
    case 'wait':
      return `The film waits for ${who ?? 'somebody'}.`
    case 'go-on':
      return 'The film goes on.'
    // The media itself is told.
    case 'set-media':
      return undefined
  }
}

/** For who comes in. */
export function filmNow({ media, timeline }: PublicRoom, nowMs: number): string | undefined {
  if (!media) return undefined
  const line = lineAt(timeline, nowMs)
  return `${line.playing ? 'Now playing' : 'Stopped'}: ${titleOf(media)}, at ${clockText(positionAt(line, nowMs))}`
}

function titleOf({ content }: NonNullable<PublicRoom['media']>): string {
  return content.title === '' ? 'a film' : content.title
}

function clockText(sec: number): string {
  const whole = Math.max(0, Math.floor(sec))
  const two = (value: number): string => String(value).padStart(2, '0')
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`
}
