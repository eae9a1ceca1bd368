/** One item that waits. What is seldom needed is unfolded below it; it is moved by buttons or by Alt with an arrow. */
import { useState } from 'preact/hooks'
import type { Item } from '../../core/room/item'
import { voteOf } from '../../core/room/votes'
import { ActButton } from '../../look/act-button'
import type { RoomView } from '../../messages/background-to-popup'
import { t } from '../../platform/i18n'
import { useAsk } from '../ask'
import { can, may, mayRemove } from '../rights'
import { aboutItem, titleOf } from './item-words'
import { VoteButtons } from './vote-buttons'

type QueueItemProps = {
  room: RoomView
  item: Item
  isFirst: boolean
  isLast: boolean
  move: (by: 1 | -1) => void
}

export function QueueItem({ room, item, isFirst, isLast, move }: QueueItemProps) {
  const [open, setOpen] = useState(false)
  const mayOrder = may(room, 'queue-order') && can(room, 'queue-move')
  const mayPlay = may(room, 'play-now') && room.settings.mode !== 'rotation'
  const hasMore = mayOrder || mayPlay || mayRemove(room, item)
  const title = titleOf(item)
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    move(event.key === 'ArrowUp' ? -1 : 1)
  }
  return (
    <li class="item" data-testid="queue-item" data-item={item.id}>
      <div class="side">
        <div class="grow">
          <p class="film" title={title}>
            {title}
          </p>
          <p class="soft cut">{aboutItem(room, item)}</p>
        </div>
        {can(room, 'vote') && (
          <VoteButtons item={item} vote={voteOf(item, room.selfId)} disabled={!may(room, 'queue-vote')} />
        )}
        {hasMore && (
          <ActButton
            name="item-more"
            icon="more"
            words={t('moreFor', title)}
            expanded={open}
            {...(mayOrder && { shortcuts: 'Alt+ArrowUp Alt+ArrowDown', onKeyDown })}
            onClick={() => setOpen(!open)}
          />
        )}
      </div>
      {open && hasMore && (
        <div class="side acts wrap">
          {mayPlay && <PlayNow item={item} />}
          {mayOrder && (
            <>
              <ActButton name="item-up" icon="higher" words={t('moveUp')} disabled={isFirst} onClick={() => move(-1)} />
              <ActButton
                name="item-down"
                icon="lower"
                words={t('moveDown')}
                disabled={isLast}
                onClick={() => move(1)}
              />
            </>
          )}
          {mayRemove(room, item) && <Remove item={item} />}
        </div>
      )}
    </li>
  )
}

function PlayNow({ item }: { item: Item }) {
  const ask = useAsk()
  return (
    <button
      type="button"
      class="small"
      data-testid="item-play"
      onClick={() => ask({ type: 'play-now', itemId: item.id })}
    >
      {t('playNow')}
    </button>
  )
}

function Remove({ item }: { item: Item }) {
  const ask = useAsk()
  return (
    <button
      type="button"
      class="small"
      data-testid="item-remove"
      onClick={() => ask({ type: 'queue-remove', itemId: item.id })}
    >
      {t('removeItem')}
    </button>
  )
}
