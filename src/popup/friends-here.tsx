/** Friends who are there just now, folded; one who is in a room is joined by a click. */
import { Face } from '../look/face'
import { Fold } from '../look/fold'
import type { FriendGlance, PersonGlance } from '../messages/person-view'
import { type MessageKey, t } from '../platform/i18n'
import { useWorld } from './world'

export function FriendsHere({ you }: { you: PersonGlance | undefined }) {
  if (!you || you.friends.length === 0) return null
  return (
    <section class="section folds" aria-label={t('friendsHere')}>
      <Fold name="friends-here" words={t('friendsHereCount', String(you.friends.length))}>
        <ul>
          {you.friends.map((friend) => (
            <Row key={friend.personId} friend={friend} />
          ))}
        </ul>
      </Fold>
    </section>
  )
}

const WORDS: Readonly<Record<FriendGlance['presence'], MessageKey>> = {
  online: 'presenceOnline',
  away: 'presenceAway',
  busy: 'presenceBusy',
  offline: 'presenceOffline',
}

function Row({ friend }: { friend: FriendGlance }) {
  const { post } = useWorld()
  const { where, isHere, presence, shown, personId } = friend
  const words = isHere ? t('friendHere') : where ? t('friendIn', where.title || where.code) : t(WORDS[presence])
  return (
    <li class="person" data-testid="friend-here">
      <Face avatar={shown.avatar} />
      <div class="grow">
        <p class="cut">{shown.name}</p>
        <p class="soft cut">{words}</p>
      </div>
      {where && !isHere && (
        <button
          type="button"
          class="small"
          data-testid="join-friend"
          aria-label={t('actWith', t('join'), shown.name)}
          onClick={() => post({ type: 'join-friend', personId })}
        >
          {t('join')}
        </button>
      )}
    </li>
  )
}
