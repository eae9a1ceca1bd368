/** Outside a room: what this page has to play, and the ways in: a new room, a code or link with its password, a room open to everybody. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { isClosed, type Recognised, recognise } from '../dialects/recognise'
import { formatTime } from '../look/format'
import { Icon } from '../look/icon'
import type { PageView, View } from '../messages/background-to-popup'
import { FIELD_LENGTHS } from '../messages/popup-to-background'
import type { LockedDoor } from '../messages/room-parts'
import { t } from '../platform/i18n'
import { AnotherSystem } from './foreign/another-system'
import { ForeignDoor, ForeignFound } from './foreign/foreign-door'
import { mayBeAddress } from './foreign/room-at'
import { useDoor } from './foreign/use-door'
import { FriendsHere } from './friends-here'
import { PasswordDoor } from './password-door'
import { hostOf } from './problem'
import { PublicRooms } from './public-rooms'
import { useWorld } from './world'

type OutsideProps = {
  view: View
  lockedDoor: LockedDoor | undefined
  /** What stands in the field to join: kept while the way in is tried, so that it need not be pasted again. */
  text: string
  setText: (text: string) => void
}

export function Outside({ view, lockedDoor, text, setText }: OutsideProps) {
  const { post } = useWorld()
  const [name, setName] = useState(view.name)
  useEffect(() => setName(view.name), [view.name])
  const field = useRef<HTMLInputElement>(null)

  const canStart = view.page.kind === 'video'
  const recognised = recognise(text)
  const foreign = recognised?.kind === 'foreign' ? recognised : undefined
  const door = useDoor(foreign, name)
  const mayJoin = recognised !== undefined && !(foreign && isClosed(foreign))

  const start = (event: Event) => {
    event.preventDefault()
    if (canStart) post({ type: 'start-room', name: name.trim() })
  }
  const join = (event: Event) => {
    event.preventDefault()
    if (text.trim() === '') field.current?.focus()
    else if (foreign) door.enter()
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
          class={canStart && text.trim() === '' && !lockedDoor ? 'main' : ''}
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
            <button
              type="submit"
              class={mayJoin ? 'main' : ''}
              data-testid="join"
              disabled={recognised !== undefined && !mayJoin}
            >
              {t('join')}
            </button>
          </div>
          <Understood recognised={recognised} text={text} server={view.server} />
          {foreign && <ForeignDoor room={foreign} door={door} />}
        </form>
      )}
      <FriendsHere you={view.you} />
      <section class="section folds" aria-label={t('otherWaysIn')}>
        {!lockedDoor && !foreign && <AnotherSystem name={name} address={mayBeAddress(text) ? text.trim() : ''} />}
        <PublicRooms view={view} name={name.trim()} />
      </section>
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

type UnderstoodProps = { recognised: Recognised | undefined; text: string; server: string }

/** What Tutti takes the typed text for, while it is typed. Holds its place when there is nothing to say. */
function Understood({ recognised, text, server }: UnderstoodProps) {
  return (
    <div class={recognised ? 'understood found' : 'understood'} id="understood" role="status">
      {recognised && <Icon name="mark" />}
      {recognised?.kind === 'foreign' ? (
        <ForeignFound room={recognised} />
      ) : (
        <TwoLines lines={understoodWords(recognised, text, server)} />
      )}
    </div>
  )
}

function TwoLines({ lines: [what, more] }: { lines: readonly [what: string, more: string] }) {
  return (
    <div class="grow">
      <p class="film">{what}</p>
      <p class="soft">{more}</p>
    </div>
  )
}

function understoodWords(
  recognised: Exclude<Recognised, { kind: 'foreign' }> | undefined,
  text: string,
  server: string,
): readonly [what: string, more: string] {
  if (recognised) {
    const host = recognised.kind === 'code' ? hostOf(server) : recognised.host
    return [t('joinCode', recognised.code), t('joinOnServer', host)]
  }
  return text.trim() === '' ? [t('joinEmpty'), t('joinEmptyHint')] : [t('joinUnclear'), t('joinUnclearHint')]
}
