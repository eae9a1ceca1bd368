/** The chat: what was said, who types, and the line to say something. Follows the newest line unless somebody reads further up. */
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { RoomView } from '../../messages/background-to-popup'
import type { AddressedView } from '../../messages/room-parts'
import { listOf, t } from '../../platform/i18n'
import { personOf } from '../rights'
import { Addressed, Line } from './chat-line'
import { useSilence } from './chat-rights'
import { ChatSay, Silent } from './chat-say'
import { answerSentences, typingSentence } from './chat-words'

type ChatPanelProps = { room: RoomView; connected: boolean; draft: string; setDraft: (text: string) => void }

export function ChatPanel({ room, connected, draft, setDraft }: ChatPanelProps) {
  const { welcome } = room.settings.shown
  const silence = useSilence(room)
  return (
    <fieldset role="none" class="chat" disabled={!connected}>
      {welcome !== '' && (
        <p class="welcome" data-testid="welcome">
          {welcome}
        </p>
      )}
      <Log room={room} mayChat={!silence} />
      <Answer room={room} />
      <Passing room={room} />
      {silence ? <Silent why={silence} /> : <ChatSay room={room} draft={draft} setDraft={setDraft} />}
    </fieldset>
  )
}

/** How far from the newest line still counts as reading it. */
const NEAR_PX = 40

function Log({ room, mayChat }: { room: RoomView; mayChat: boolean }) {
  const log = useRef<HTMLDivElement>(null)
  const isAtEnd = useRef(true)
  const said = inOrder(room)
  // Each of them makes the list longer, or the space for it shorter.
  const news = `${room.chat.lines.at(-1)?.id} ${room.chat.addressed.at(-1)?.id} ${room.chat.answer?.type}`
  useLayoutEffect(() => {
    const { current } = log
    if (current && isAtEnd.current) current.scrollTop = current.scrollHeight
  }, [news])
  const onScroll = () => {
    const { current } = log
    if (current) isAtEnd.current = current.scrollHeight - current.scrollTop - current.clientHeight < NEAR_PX
  }
  return (
    <div class="log" role="log" aria-label={t('tabChat')} tabIndex={0} ref={log} onScroll={onScroll} data-testid="chat">
      {said.length === 0 && <p class="soft">{t(room.settings.chat ? 'chatEmpty' : 'chatOff')}</p>}
      {said.map((each) =>
        'to' in each ? (
          <Addressed key={`to ${each.id}`} line={each} room={room} />
        ) : (
          <Line key={each.id} line={each} room={room} mayChat={mayChat} />
        ),
      )}
    </div>
  )
}

/** What was said to everybody and what was said to some, as it came. */
function inOrder({ chat }: RoomView): readonly (RoomView['chat']['lines'][number] | AddressedView)[] {
  return [...chat.lines, ...chat.addressed].sort((one, other) => one.atMs - other.atMs)
}

function Answer({ room: { chat } }: { room: RoomView }) {
  return (
    <div role="status" class={chat.answer ? 'answer' : 'hidden'} data-testid="chat-answer">
      {chat.answer && answerSentences(chat.answer, listOf).map((sentence) => <p key={sentence[0]}>{t(...sentence)}</p>)}
    </div>
  )
}

/** Who types, and what is held up just now. Holds its place when there is nothing. */
function Passing({ room }: { room: RoomView }) {
  const names = room.chat.typing.flatMap((id) => personOf(room, id)?.name ?? [])
  const sentence = typingSentence(names, listOf)
  return (
    <div class="passing side">
      <span class="soft grow cut" data-testid="typing">
        {sentence ? t(...sentence) : ''}
      </span>
      {room.chat.reactions.slice(-5).map(({ id, memberId, emoji }) => (
        <span
          key={id}
          role="img"
          data-testid="reaction-shown"
          aria-label={t('heldUp', personOf(room, memberId)?.name ?? '', emoji)}
        >
          {emoji}
        </span>
      ))}
    </div>
  )
}
