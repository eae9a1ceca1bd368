/** Who asks to be friends, and friends: who is there and where, and what can be done about each. */
import { useState } from 'preact/hooks'
import type { FriendRequest, OwnPerson, PersonCard } from '../core/person/person'
import type { FriendState } from '../core/person/presence'
import { ActButton } from '../look/act-button'
import type { PersonPageView } from '../messages/person-view'
import { t } from '../platform/i18n'
import { PersonLine } from './person-line'
import type { Place } from './place'
import { seenFriends } from './seen-friends'
import { useAsk, useWorld } from './world'

type FriendsProps = { person: OwnPerson; view: PersonPageView; go: (place: Place) => void }

export function Friends({ person, view, go }: FriendsProps) {
  const { asking, asked } = person
  const friends = seenFriends(person, view.seen)
  return (
    <>
      {asking.length > 0 && <Asking requests={asking} />}
      <section class="card" aria-label={t('youFriends')}>
        {friends.length === 0 ? (
          <p class="soft">{t('friendsNone')}</p>
        ) : (
          <ul class="rows">
            {friends.map(({ card, state }) => (
              <FriendRow key={card.id} card={card} state={state} room={view.room} go={go} />
            ))}
          </ul>
        )}
      </section>
      {asked.length > 0 && <Asked requests={asked} />}
    </>
  )
}

function Asking({ requests }: { requests: readonly FriendRequest[] }) {
  const ask = useAsk()
  return (
    <section class="card">
      <h3 class="label">{t('friendsAsking')}</h3>
      <ul class="rows">
        {requests.map(({ person: card }) => (
          <PersonLine key={card.id} card={card} name="request">
            <button
              type="button"
              class="main small"
              data-testid="accept"
              aria-label={t('actWith', t('friendAccept'), card.shown.name)}
              onClick={() => ask({ type: 'accept-friend', whom: whomOf(card) })}
            >
              {t('friendAccept')}
            </button>
            <button
              type="button"
              class="small"
              data-testid="decline"
              aria-label={t('actWith', t('friendDecline'), card.shown.name)}
              onClick={() => ask({ type: 'decline-friend', whom: whomOf(card) })}
            >
              {t('friendDecline')}
            </button>
          </PersonLine>
        ))}
      </ul>
    </section>
  )
}

function Asked({ requests }: { requests: readonly FriendRequest[] }) {
  const ask = useAsk()
  return (
    <section class="card">
      <h3 class="label">{t('friendsAsked')}</h3>
      <ul class="rows">
        {requests.map(({ person: card }) => (
          <PersonLine key={card.id} card={card} name="asked">
            <button
              type="button"
              class="small"
              data-testid="withdraw"
              aria-label={t('actWith', t('friendWithdraw'), card.shown.name)}
              onClick={() => ask({ type: 'withdraw-request', whom: whomOf(card) })}
            >
              {t('friendWithdraw')}
            </button>
          </PersonLine>
        ))}
      </ul>
    </section>
  )
}

type FriendRowProps = {
  card: PersonCard
  state: FriendState | undefined
  room: PersonPageView['room']
  go: (place: Place) => void
}

function FriendRow({ card, state, room, go }: FriendRowProps) {
  const ask = useAsk()
  const { post } = useWorld()
  const [open, setOpen] = useState(false)
  const { name } = card.shown
  const isHere = state?.where !== undefined && state.where.code === room?.code
  return (
    <PersonLine card={card} name="friend" state={state} isHere={isHere}>
      {open ? (
        <>
          <button
            type="button"
            class="small"
            data-testid="remove-friend"
            onClick={() => ask({ type: 'remove-friend', whom: whomOf(card) })}
          >
            {t('friendRemove')}
          </button>
          <button
            type="button"
            class="small"
            data-testid="block"
            onClick={() => ask({ type: 'block', whom: whomOf(card) })}
          >
            {t('personBlock')}
          </button>
        </>
      ) : (
        <>
          {state?.where && !isHere && (
            <button
              type="button"
              class="main small"
              data-testid="join-friend"
              aria-label={t('actWith', t('join'), name)}
              onClick={() => post({ type: 'join-friend', personId: card.id })}
            >
              {t('join')}
            </button>
          )}
          <button
            type="button"
            class="small"
            data-testid="write"
            aria-label={t('actWith', t('personWrite'), name)}
            onClick={() => go({ section: 'messages', personId: card.id })}
          >
            {t('personWrite')}
          </button>
        </>
      )}
      <ActButton
        name="friend-more"
        icon={open ? 'close' : 'more'}
        words={t('moreFor', name)}
        expanded={open}
        onClick={() => setOpen(!open)}
      />
    </PersonLine>
  )
}

export function whomOf({ id }: Pick<PersonCard, 'id'>): { kind: 'person'; personId: string } {
  return { kind: 'person', personId: id }
}
