/** One line about a person: face, name, how they are seen, and what can be done. */
import type { ComponentChildren } from 'preact'
import type { PersonCard } from '../core/person/person'
import type { FriendState, SeenPresence } from '../core/person/presence'
import { Face } from '../look/face'
import { Glyph, type GlyphName } from '../look/icon'
import { type MessageKey, t } from '../platform/i18n'

type PersonLineProps = {
  card: PersonCard
  /** For tests. */
  name: string
  /** Of friends only. */
  state?: FriendState | undefined
  isHere?: boolean
  children: ComponentChildren
}

export function PersonLine({ card, name, state, isHere = false, children }: PersonLineProps) {
  return (
    <li class="row" data-testid={name} data-person={card.id}>
      <Face avatar={card.shown.avatar} />
      <div class="grow">
        <p class="name" title={card.shown.name}>
          {card.shown.name}
        </p>
        {name === 'friend' && (
          <p class="soft" data-testid="seen">
            <PresenceWords state={state} isHere={isHere} />
          </p>
        )}
      </div>
      {children}
    </li>
  )
}

const WORDS: Readonly<Record<SeenPresence, readonly [words: MessageKey, glyph: GlyphName]>> = {
  online: ['presenceOnline', 'in-time'],
  away: ['presenceAway', 'adjusting'],
  busy: ['presenceBusy', 'off'],
  offline: ['presenceOffline', 'held'],
}

function PresenceWords({ state, isHere }: { state: FriendState | undefined; isHere: boolean }) {
  const presence = state?.presence ?? 'offline'
  const [words, glyph] = WORDS[presence]
  const { where } = state ?? {}
  return (
    <span class={`presence ${presence}`}>
      <Glyph name={glyph} />
      {t(words)}
      {where && ` · ${isHere ? t('friendHere') : t('friendIn', where.title || where.code)}`}
    </span>
  )
}
