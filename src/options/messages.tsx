/** Private messages: with whom, and what was said. What is looked at counts as read. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { type Conversation, isFriend, type OwnPerson, PERSON_LIMITS, type PersonCard } from '../core/person/person'
import { ActButton } from '../look/act-button'
import { Face } from '../look/face'
import { Icon } from '../look/icon'
import { language, t } from '../platform/i18n'
import { whomOf } from './friends'
import { momentWords } from './moment-words'
import type { Place } from './place'
import { useAsk, useWorld } from './world'

type MessagesProps = { person: OwnPerson; chosenId: string | undefined; go: (place: Place) => void }

export function Messages({ person, chosenId, go }: MessagesProps) {
  const { conversations } = person
  const chosen = conversationWith(person, chosenId ?? conversations[0]?.person.id)
  const listed = chosen && !conversations.includes(chosen) ? [chosen, ...conversations] : conversations
  if (!chosen) return <p class="card soft">{t('messagesNone')}</p>
  return (
    <div class="talks card">
      <ul class="talk-list" aria-label={t('messagesWith')}>
        {listed.map((each) => (
          <li key={each.person.id}>
            <button
              type="button"
              class="talk-choice"
              data-testid="conversation"
              aria-current={each === chosen ? 'true' : undefined}
              onClick={() => go({ section: 'messages', personId: each.person.id })}
            >
              <Face avatar={each.person.shown.avatar} />
              <span class="grow cut">{each.person.shown.name}</span>
              {each.unread > 0 && (
                <span class="badge mentioned" data-testid="conversation-unread">
                  <span aria-hidden="true">{each.unread}</span>
                  <span class="hidden">{t('youUnreadCount', String(each.unread))}</span>
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
      <Talk key={chosen.person.id} conversation={chosen} isFriend={isFriend(person, chosen.person.id)} />
    </div>
  )
}

/** With a friend there is one before anybody has written. */
function conversationWith({ conversations, friends }: OwnPerson, personId: string | undefined) {
  const begun = conversations.find(({ person }) => person.id === personId)
  const friend = friends.find(({ person }) => person.id === personId)
  return begun ?? (friend && { person: friend.person, messages: [], unread: 0 }) ?? conversations[0]
}

function Talk({ conversation, isFriend }: { conversation: Conversation; isFriend: boolean }) {
  const ask = useAsk()
  const { post } = useWorld()
  const { person: card, messages, unread } = conversation
  const log = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState(false)
  // Not by how many there are: of a long conversation the oldest goes when the newest comes.
  const lastId = messages.at(-1)?.id
  useLayoutEffect(() => log.current?.scrollTo({ top: log.current.scrollHeight }), [lastId])
  const isSeen = useIsVisible()
  const hasNew = isSeen && unread > 0
  useLayoutEffect(() => {
    if (hasNew) post({ type: 'command', command: { type: 'mark-read', whom: whomOf({ id: card.id }) } })
  }, [hasNew, lastId, card.id, post])
  return (
    <section class="talk" aria-label={t('messagesWithWhom', card.shown.name)}>
      <header class="side">
        <h3 class="grow name cut">{card.shown.name}</h3>
        {!isFriend && (
          <button
            type="button"
            class="small"
            data-testid="ask-friend"
            onClick={() => ask({ type: 'ask-friend', whom: whomOf(card) })}
          >
            {t('friendAsk')}
          </button>
        )}
        {open && messages.length > 0 && (
          <ActButton
            name="forget-conversation"
            icon="clear"
            words={t('messagesForget')}
            onClick={() => ask({ type: 'forget-conversation', whom: whomOf(card) })}
          />
        )}
        {open && (
          <button
            type="button"
            class="small"
            data-testid="block"
            onClick={() => ask({ type: 'block', whom: whomOf(card) })}
          >
            {t('personBlock')}
          </button>
        )}
        <ActButton
          name="conversation-more"
          icon={open ? 'close' : 'more'}
          words={t('moreFor', card.shown.name)}
          expanded={open}
          onClick={() => setOpen(!open)}
        />
      </header>
      <div class="said" role="log" aria-label={t('messagesWithWhom', card.shown.name)} tabIndex={0} ref={log}>
        {messages.length === 0 ? (
          <p class="soft">{t('messagesEmpty', card.shown.name)}</p>
        ) : (
          messages.map(({ id, mine, atMs, content }) => (
            <p key={id} class={mine ? 'message mine' : 'message'} data-testid="message">
              <span class="hidden">{mine ? t('messageYou') : t('messageFrom', card.shown.name)}</span>
              {content.text}
              <span class="soft when">{momentWords(atMs, language())}</span>
            </p>
          ))
        )}
      </div>
      <Write card={card} />
    </section>
  )
}

/** Nobody has read what came while they looked at another tab. */
function useIsVisible(): boolean {
  const [isVisible, setIsVisible] = useState(() => document.visibilityState === 'visible')
  useEffect(() => {
    const look = () => setIsVisible(document.visibilityState === 'visible')
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [])
  return isVisible
}

function Write({ card }: { card: PersonCard }) {
  const ask = useAsk()
  const [text, setText] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const send = (event: Event) => {
    event.preventDefault()
    field.current?.focus()
    if (text.trim() === '') return
    ask({ type: 'write-message', whom: whomOf(card), text: text.trim() })
    setText('')
  }
  return (
    <form class="side" onSubmit={send}>
      <input
        ref={field}
        data-testid="message-text"
        value={text}
        maxLength={PERSON_LIMITS.messageLength}
        placeholder={t('personWriteTo', card.shown.name)}
        aria-label={t('personWriteTo', card.shown.name)}
        autocomplete="off"
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <button type="submit" class="square" data-testid="send" title={t('chatSend')} aria-label={t('chatSend')}>
        <Icon name="send" />
      </button>
    </form>
  )
}
