/** A room as somebody sees it who is not in it. Where not everybody may come in, that it is there is all; what the public list tells, it tells itself. */
import { EMPTY } from './complete'
import type { PublicRoom } from './room'
import { DEFAULT_SETTINGS } from './settings'

/** `vouched`: whoever looks is known, so that a room without guests is open to them. */
export function seenFromOutside(room: PublicRoom, { vouched }: { readonly vouched: boolean }): PublicRoom {
  const { settings } = room
  if (!settings.locked && (settings.guests || vouched)) return room
  const { media: _, waiting: __, lastAct: ___, patienceFullAtMs: ____, ...rest } = room
  const { atMs } = room.timeline.current
  return {
    ...rest,
    ...EMPTY,
    settings: { ...settings, shown: DEFAULT_SETTINGS.shown },
    members: [],
    timeline: { current: { positionSec: 0, rate: 1, playing: false, atMs } },
  }
}
