/** Outside a room: what this page has to play, and the ways in: a new room, a code or link with its password, a room open to everybody. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { type Recognised, recognise } from '../dialects/recognise'
import { formatTime } from '../look/format'
import { Icon } from '../look/icon'
import type { PageView, View } from '../messages/background-to-popup'
import { FIELD_LENGTHS } from '../messages/popup-to-background'
import type { LockedDoor } from '../messages/room-parts'
import { t } from '../platform/i18n'
import { FriendsHere } from './friends-here'
import { PasswordDoor } from './password-door'
import { hostOf } from './problem'
import { PublicRooms } from './public-rooms'
import { useWorld } from './world'

type OutsideProps = { view: View; lockedDoor: LockedDoor | undefined }

export function Outside({ view, lockedDoor }: OutsideProps) {
  const { post } = useWorld()
  const [name, setName] = useState(view.name)
  useEffect(() => setName(view.name), [view.name])
  const [text, setText] = useState('')
  const field = useRef<HTMLInputElement>(null)

  const canStart = view.page.kind === 'video'
  const recognised = recognise(text)
  const understood = recognised?.kind === 'foreign' ? undefined : recognised

  const start = (event: Event) => {
    event.preventDefault()
    if (canStart) post({ type: 'start-room', name: name.trim() })
  }
  const join = (event: Event) => {
    event.preventDefault()
    if (text.trim() === '') field.current?.focus()
    else post({ type: 'join-room', text: text.trim(), name: name.trim() })
  }

  return (
    <div class="scroll">
      <form class="section stack" onSubmit={start}>
        <div>
          <h2 class="label">{t('onThisPage')}</h2>
          <Page page={view.page} />
        </div>
        <label class="field">
          <span class="label">{t('yourNameHere')}</span>
          <input
            data-testid="name"
            value={name}
            maxLength={FIELD_LENGTHS.name}
            placeholder={t('namePlaceholder')}
            autocomplete="off"
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </label>
        <button
          type="submit"
          class={canStart && !understood && !lockedDoor ? 'main' : ''}
          data-testid="start-room"
          disabled={!canStart}
        >
          {t('startRoom')}
        </button>
      </form>
      {lockedDoor ? (
        <PasswordDoor key={lockedDoor.text} door={lockedDoor} name={name.trim()} />
      ) : (
        <form class="section" onSubmit={join}>
          <label class="label" for="door">
            {t('joinLabel')}
          </label>
          <div class="side">
            <input
              id="door"
              data-testid="join-text"
              ref={field}
              value={text}
              maxLength={FIELD_LENGTHS.joinText}
              placeholder={t('joinPlaceholder')}
              autocomplete="off"
              autocapitalize="off"
              spellcheck={false}
              aria-describedby="understood"
              onInput={(event) => setText(event.currentTarget.value)}
            />
            <button type="submit" class={understood ? 'main' : ''} data-testid="join">
              {t('join')}
            </button>
          </div>
          <Understood understood={understood} text={text} server={view.server} />
        </form>
      )}
      <FriendsHere you={view.you} />
      <PublicRooms view={view} name={name.trim()} />
    </div>
  )
}

function Page({ page }: { page: PageView }) {
  const [title, hint] = pageWords(page)
  return (
    <div class="page" data-testid="page">
      <p class="film" title={title}>
        {title}
      </p>
      <p class="soft">{hint}</p>
    </div>
  )
}

function pageWords(page: PageView): readonly [title: string, hint: string] {
  switch (page.kind) {
    case 'looking':
      return [t('pageLooking'), t('pageLookingHint')]
    case 'not-allowed':
      return [t('pageNotAllowed'), t('pageNoVideoHint')]
    case 'no-video':
      return [t('pageNoVideo', page.host), t('pageNoVideoHint')]
    case 'video': {
      const length = page.durationSec
      return [
        page.title || t('untitled'),
        length === undefined ? page.host : t('pageVideo', formatTime(length), page.host),
      ]
    }
  }
}

type UnderstoodProps = {
  understood: Exclude<Recognised, { kind: 'foreign' }> | undefined
  text: string
  server: string
}

/** What Tutti takes the typed text for, while it is typed. Holds its place when there is nothing to say. */
function Understood({ understood, text, server }: UnderstoodProps) {
  const [what, more] = understood
    ? [t('joinCode', understood.code), t('joinOnServer', understood.kind === 'code' ? hostOf(server) : understood.host)]
    : text.trim() === ''
      ? [t('joinEmpty'), t('joinEmptyHint')]
      : [t('joinUnclear'), t('joinUnclearHint')]
  return (
    <div class={understood ? 'understood found' : 'understood'} id="understood" role="status">
      {understood && <Icon name="mark" />}
      <div class="grow">
        <p class="film">{what}</p>
        <p class="soft">{more}</p>
      </div>
    </div>
  )
}
