/** What is current: how it was voted, who takes it along, and the ways past it. */
import { voteOf } from '../../core/room/votes'
import { ActButton } from '../../look/act-button'
import { Icon } from '../../look/icon'
import type { RoomView } from '../../messages/background-to-popup'
import { t } from '../../platform/i18n'
import { useAsk } from '../ask'
import { can, may, maySkip } from '../rights'
import { aboutItem, titleOf } from './item-words'
import { VoteButtons } from './vote-buttons'

export function Playing({ room }: { room: RoomView }) {
  const { media } = room
  return (
    <section class="section" data-testid="playing" aria-label={t('queueNow')}>
      <h2 class="label">{t('queueNow')}</h2>
      {media ? (
        <>
          <p class="film" title={titleOf(media)} data-testid="playing-title">
            {titleOf(media)}
          </p>
          <p class="soft">{aboutItem(room, media)}</p>
          <PlayingActs room={room} media={media} />
        </>
      ) : (
        <p class="soft">{t('queueNothing')}</p>
      )}
    </section>
  )
}

function PlayingActs({ room, media }: { room: RoomView; media: NonNullable<RoomView['media']> }) {
  const ask = useAsk()
  const { selfId, skipNeeds, skipVotes } = room
  const wantsSkip = skipVotes.includes(selfId)
  return (
    <div class="side acts wrap">
      {can(room, 'vote') && (
        <VoteButtons item={media} vote={voteOf(media, selfId)} disabled={!may(room, 'queue-vote')} />
      )}
      {can(room, 'grab') && (
        <ActButton
          name="grab"
          icon="grab"
          words={t('grab')}
          count={media.grabs.length}
          pressed={media.grabs.includes(selfId)}
          onClick={() => ask({ type: 'grab', itemId: media.id })}
        />
      )}
      <span class="grow" />
      {skipNeeds > 0 && can(room, 'vote-skip') && (
        <button
          type="button"
          class="small"
          data-testid="vote-skip"
          aria-pressed={wantsSkip}
          disabled={!may(room, 'queue-vote')}
          onClick={() => ask({ type: 'vote-skip', itemId: media.id, wants: !wantsSkip })}
        >
          {t('voteSkip', String(skipVotes.length), String(skipNeeds))}
        </button>
      )}
      {maySkip(room) && (
        <button
          type="button"
          class="small"
          data-testid="skip-item"
          onClick={() => ask({ type: 'skip', itemId: media.id })}
        >
          <Icon name="skip" size={16} />
          {t('skipItem')}
        </button>
      )}
    </div>
  )
}
