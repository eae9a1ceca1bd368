/** What anybody can do about anybody else who is here: ask to be friends, write, block. */
import { useState } from 'preact/hooks'
import { PERSON_LIMITS } from '../../core/person/person-limits'
import { Icon } from '../../look/icon'
import type { PersonView } from '../../messages/background-to-popup'
import type { PersonPageCommand } from '../../messages/person-command'
import { t } from '../../platform/i18n'
import { useWorld } from '../world'

export function MeetActs({ person }: { person: PersonView }) {
  const { post } = useWorld()
  const [text, setText] = useState('')
  const [asked, setAsked] = useState(false)
  const whom = { kind: 'member', memberId: person.id } as const
  const ask = (command: PersonPageCommand) => post({ type: 'person-command', command })
  const write = (event: Event) => {
    event.preventDefault()
    if (text.trim() === '') return
    ask({ type: 'write-message', whom, text: text.trim() })
    setText('')
  }
  return (
    <div class="stack folded">
      <div class="side wrap">
        <button
          type="button"
          class="small"
          data-testid="ask-friend"
          disabled={asked}
          onClick={() => {
            setAsked(true)
            ask({ type: 'ask-friend', whom })
          }}
        >
          {t(asked ? 'friendAsked' : 'friendAsk')}
        </button>
        <button type="button" class="small" data-testid="block" onClick={() => ask({ type: 'block', whom })}>
          {t('personBlock')}
        </button>
      </div>
      <form class="side" onSubmit={write}>
        <input
          data-testid="message-text"
          value={text}
          maxLength={PERSON_LIMITS.messageLength}
          placeholder={t('personWriteTo', person.name)}
          aria-label={t('personWriteTo', person.name)}
          autocomplete="off"
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button type="submit" class="square" data-testid="write" title={t('personWrite')} aria-label={t('personWrite')}>
          <Icon name="send" />
        </button>
      </form>
    </div>
  )
}
