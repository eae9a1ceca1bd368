/** What the room itself says in the chat. The sentence is English; who shows another language has the facts beside it. */
import { type Notice, nextLineNumber } from './chat-line'
import type { Draft } from './draft'

export function systemLine(draft: Draft, notice: Notice): void {
  const { fresh, nowMs } = draft.context
  draft.emit({
    type: 'chat-said',
    line: {
      id: fresh.id,
      number: nextLineNumber(draft.room().chat),
      kind: 'system',
      atMs: nowMs,
      mentions: [],
      reactions: [],
      content: { text: sentenceOf(notice), notice },
    },
  })
}

const DONE: Readonly<Record<Notice['what'], string>> = {
  kicked: 'was sent out',
  banned: 'was banned',
  muted: 'was muted',
  unmuted: 'may chat again',
}

function sentenceOf({ what, name, byName, reason }: Notice): string {
  const by = byName === undefined || what === 'unmuted' ? '' : ` by ${byName}`
  return `${name} ${DONE[what]}${by}${reason === undefined ? '' : `: ${reason}`}`
}
