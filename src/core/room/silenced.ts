/** Who may say nothing to others, by whatever means: in lines, by typing, by reactions, by notes. */
import { may } from './permissions'
import { type Refusal, refuse } from './refusal'
import { type MemberId, memberOf, type PublicRoom } from './room'

/** Why somebody may say nothing here; nothing if they may. */
export function silenced(room: PublicRoom, memberId: MemberId, nowMs: number): Refusal | undefined {
  const { muted } = memberOf(room, memberId) ?? {}
  if (!room.settings.chat) return refuse('chat-off')
  if (!may(room, memberId, 'chat')) return refuse('not-allowed')
  return muted && (muted.untilMs === undefined || nowMs < muted.untilMs) ? refuse('muted') : undefined
}
