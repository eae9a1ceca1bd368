/** What an event of the server does to this side's copy of the room: it fits, is known already, or shows that one is missing. */
import { applyPublic } from '../core/room/apply'
import type { NumberedEvent } from '../core/room/event'
import type { PublicRoom } from '../core/room/room'

export type Taken = { readonly kind: 'applied'; readonly room: PublicRoom } | { readonly kind: 'known' | 'gap' }

export function takeEvent(copy: PublicRoom | undefined, numbered: NumberedEvent): Taken {
  if (!copy || numbered.epoch !== copy.epoch || numbered.rev > copy.rev + 1) return { kind: 'gap' }
  if (numbered.rev <= copy.rev) return { kind: 'known' }
  return { kind: 'applied', room: applyPublic(copy, numbered.event) }
}
