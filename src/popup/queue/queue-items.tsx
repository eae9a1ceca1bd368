/** What comes next, in order, each with its votes; and what can be done to the queue as a whole. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { ActButton } from '../../look/act-button'
import type { RoomView } from '../../messages/background-to-popup'
import { t } from '../../platform/i18n'
import { useAsk } from '../ask'
import { can, may } from '../rights'
import { QueueItem } from './queue-item'

/** A view comes every second, and hundreds of rows are more than anybody reads. */
const SHOWN = 50

export function QueueItems({ room }: { room: RoomView }) {
  const ask = useAsk()
  const { items } = room.queue
  const [all, setAll] = useState(false)
  const list = useRef<HTMLOListElement>(null)
  const moved = useRef<{ itemId: string; toIndex: number } | undefined>(undefined)
  useLayoutEffect(() => {
    const { itemId, toIndex } = moved.current ?? {}
    if (itemId === undefined || items[toIndex ?? -1]?.id !== itemId) return
    moved.current = undefined
    // Browsers take the focus from what is moved in the document.
    if (document.activeElement !== document.body) return
    list.current?.children[toIndex ?? -1]?.querySelector<HTMLElement>('[data-testid="item-more"]')?.focus()
  }, [items])
  const move = (itemId: string, toIndex: number) => {
    if (toIndex < 0 || toIndex >= items.length || !may(room, 'queue-order')) return
    moved.current = { itemId, toIndex }
    ask({ type: 'queue-move', itemId, toIndex })
  }
  return (
    <section class="section" aria-label={t('queueNext')}>
      <div class="side">
        <h2 class="label grow">{t('queueNextCount', String(items.length))}</h2>
        <QueueActs room={room} />
      </div>
      {items.length === 0 ? (
        <p class="soft">{t('queueEmpty')}</p>
      ) : (
        <ol class="items" ref={list}>
          {items.slice(0, all ? items.length : SHOWN).map((item, index) => (
            <QueueItem
              key={item.id}
              room={room}
              item={item}
              isFirst={index === 0}
              isLast={index === items.length - 1}
              move={(by) => move(item.id, index + by)}
            />
          ))}
        </ol>
      )}
      {!all && items.length > SHOWN && (
        <button type="button" class="small" data-testid="queue-all" onClick={() => setAll(true)}>
          {t('queueMore', String(items.length - SHOWN))}
        </button>
      )}
    </section>
  )
}

/** Each of them can be taken back. */
function QueueActs({ room }: { room: RoomView }) {
  const ask = useAsk()
  const { items, previous } = room.queue
  return (
    <>
      {may(room, 'queue-order') && can(room, 'queue-shuffle') && (
        <ActButton
          name="queue-shuffle"
          icon="shuffle"
          words={t('queueShuffle')}
          disabled={items.length < 2}
          onClick={() => ask({ type: 'queue-shuffle' })}
        />
      )}
      {can(room, 'queue-undo') && (may(room, 'queue-add') || may(room, 'queue-order')) && (
        <ActButton name="queue-undo" icon="undo" words={t('queueUndo')} onClick={() => ask({ type: 'queue-undo' })} />
      )}
      {can(room, 'queue-restore') && may(room, 'queue-remove') && previous.length > 0 && (
        <ActButton
          name="queue-restore"
          icon="restore"
          words={t('queueRestore', String(previous.length))}
          onClick={() => ask({ type: 'queue-restore' })}
        />
      )}
      {can(room, 'queue-clear') && may(room, 'queue-remove') && (
        <ActButton
          name="queue-clear"
          icon="clear"
          words={t('queueClear')}
          disabled={items.length === 0}
          onClick={() => ask({ type: 'queue-clear' })}
        />
      )}
    </>
  )
}
