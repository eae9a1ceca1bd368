/**
 * The line to say something: to everybody, to moderators or to one; slashes are read by the background.
 * Tells that one types, at most every few seconds; where one may not speak it says why.
 */
import { useRef, useState } from 'preact/hooks'
import { outranks } from '../../core/room/role'
import { ActButton } from '../../look/act-button'
import { Icon } from '../../look/icon'
import type { RoomView } from '../../messages/background-to-popup'
import { FIELD_LENGTHS } from '../../messages/popup-to-background'
import { type MessageKey, t } from '../../platform/i18n'
import { ownRole } from '../rights'
import { useWorld } from '../world'
import { SIGNS } from './signs'

type ChatSayProps = { room: RoomView; draft: string; setDraft: (text: string) => void }

const SAY_TYPING_EVERY_MS = 3000
const EVERYBODY = 'everybody'
const MODERATORS = 'moderators'

export function Silent({ why }: { why: MessageKey }) {
  return (
    <p class="soft silent" data-testid="chat-silent">
      {t(why)}
    </p>
  )
}

export function ChatSay({ room, draft, setDraft }: ChatSayProps) {
  const { post, nowMs } = useWorld()
  const [to, setTo] = useState(EVERYBODY)
  const [signsOpen, setSignsOpen] = useState(false)
  const typingSaidMs = useRef<number | undefined>(undefined)
  const isForAll = to === EVERYBODY || !(to === MODERATORS || room.people.some(({ id }) => id === to))

  const tellTyping = (text: string) => {
    // What is for some only, and what is a command, nobody else has to wait for.
    const isTyping = text !== '' && isForAll && !text.startsWith('/')
    const last = typingSaidMs.current
    if (isTyping && (last === undefined || nowMs() - last >= SAY_TYPING_EVERY_MS)) {
      typingSaidMs.current = nowMs()
      post({ type: 'typing', isTyping })
    } else if (!isTyping && last !== undefined) {
      typingSaidMs.current = undefined
      post({ type: 'typing', isTyping })
    }
  }
  const type = (text: string) => {
    setDraft(text)
    tellTyping(text)
  }
  const say = (event: Event) => {
    event.preventDefault()
    if (draft.trim() === '') return
    post(isForAll ? { type: 'say', text: draft } : { type: 'write-to', to, text: draft })
    type('')
  }
  return (
    <form class="say" onSubmit={say}>
      {signsOpen && !room.foreign && (
        <div class="side signs" role="group" aria-label={t('holdUp')}>
          {SIGNS.map((emoji) => (
            <button
              key={emoji}
              type="button"
              class="small sign"
              data-testid="hold-up"
              aria-label={t('holdUpSign', emoji)}
              onClick={() => post({ type: 'show-reaction', emoji })}
            >
              {emoji}
            </button>
          ))}
        </div>
      )}
      <div class="side">
        {!room.foreign && (
          <ActButton
            name="signs"
            icon="smile"
            words={t('holdUp')}
            expanded={signsOpen}
            onClick={() => setSignsOpen(!signsOpen)}
          />
        )}
        <label class="hidden" for="chat-text">
          {t('chatLabel')}
        </label>
        <input
          id="chat-text"
          data-testid="chat-text"
          value={draft}
          maxLength={FIELD_LENGTHS.typed}
          placeholder={t('chatPlaceholder')}
          autocomplete="off"
          onInput={(event) => type(event.currentTarget.value)}
        />
        <button type="submit" class="square" data-testid="chat-send" title={t('chatSend')} aria-label={t('chatSend')}>
          <Icon name="send" size={18} />
        </button>
      </div>
      <To room={room} to={isForAll ? EVERYBODY : to} choose={setTo} />
    </form>
  )
}

function To({ room, to, choose }: { room: RoomView; to: string; choose: (to: string) => void }) {
  const others = room.people.filter(({ isSelf }) => !isSelf)
  // Other systems have nothing of the kind that this side could say.
  if (others.length === 0 || room.foreign) return null
  return (
    <label class="side to">
      <span class="soft">{t('chatTo')}</span>
      <select class="grow" data-testid="chat-to" value={to} onChange={(event) => choose(event.currentTarget.value)}>
        <option value={EVERYBODY}>{t('toEverybody')}</option>
        {outranks(ownRole(room), 'member') && <option value={MODERATORS}>{t('toModerators')}</option>}
        {others.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}
