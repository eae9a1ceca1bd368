/** What a playlist holds, in order: moved by buttons or by Alt with an arrow, taken out, shuffled. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Playlist, PlaylistItem } from '../core/person/person'
import { ActButton } from '../look/act-button'
import { formatTime } from '../look/format'
import { t } from '../platform/i18n'
import { useAsk } from './world'

/** More rows than anybody reads at once. */
const SHOWN = 100

export function PlaylistItems({ playlist }: { playlist: Playlist }) {
  const ask = useAsk()
  const { id: playlistId, items } = playlist
  const [all, setAll] = useState(false)
  const list = useRef<HTMLOListElement>(null)
  const moved = useRef<{ itemId: string; toIndex: number; button: string } | undefined>(undefined)
  useLayoutEffect(() => {
    const { itemId, toIndex = -1, button = '' } = moved.current ?? {}
    if (itemId === undefined || items[toIndex]?.id !== itemId) return
    moved.current = undefined
    // Browsers take the focus from what is moved in the document; at an end the button that did it rests.
    const row = list.current?.children[toIndex]
    const wanted = row?.querySelector<HTMLButtonElement>(`[data-testid="${button}"]:not(:disabled)`)
    const there = wanted ?? row?.querySelector<HTMLButtonElement>('button:not(:disabled)')
    there?.focus()
  }, [items])
  const move = (index: number, by: 1 | -1) => {
    const item = items[index]
    const toIndex = index + by
    if (!item || toIndex < 0 || toIndex >= items.length) return
    const before = by === 1 ? items[toIndex + 1] : items[toIndex]
    moved.current = { itemId: item.id, toIndex, button: by === 1 ? 'item-down' : 'item-up' }
    ask({ type: 'playlist-move', playlistId, itemIds: [item.id], ...(before && { beforeId: before.id }) })
  }
  return (
    <section class="card" aria-label={t('playlistContents')}>
      <div class="side">
        <h3 class="label grow">{t('playlistItems', String(items.length))}</h3>
        <ActButton
          name="playlist-shuffle"
          icon="shuffle"
          words={t('playlistShuffle')}
          disabled={items.length < 2}
          onClick={() => ask({ type: 'playlist-shuffle', playlistId })}
        />
      </div>
      {items.length === 0 ? (
        <p class="soft">{t('playlistEmpty')}</p>
      ) : (
        <ol class="rows numbered" ref={list}>
          {items.slice(0, all ? items.length : SHOWN).map((item, index) => (
            <Row
              key={item.id}
              item={item}
              isFirst={index === 0}
              isLast={index === items.length - 1}
              move={(by) => move(index, by)}
              remove={() => ask({ type: 'playlist-remove', playlistId, itemIds: [item.id] })}
            />
          ))}
        </ol>
      )}
      {!all && items.length > SHOWN && (
        <button type="button" class="small" data-testid="playlist-more" onClick={() => setAll(true)}>
          {t('queueMore', String(items.length - SHOWN))}
        </button>
      )}
    </section>
  )
}

type RowProps = {
  item: PlaylistItem
  isFirst: boolean
  isLast: boolean
  move: (by: 1 | -1) => void
  remove: () => void
}

function Row({ item, isFirst, isLast, move, remove }: RowProps) {
  const { content, durationSec } = item
  const title = content.title || content.address || t('untitled')
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    move(event.key === 'ArrowUp' ? -1 : 1)
  }
  const byKeys = { onKeyDown, shortcuts: 'Alt+ArrowUp Alt+ArrowDown' }
  return (
    <li class="row item" data-testid="playlist-item" data-item={item.id}>
      <div class="grow">
        <p class="name" title={title}>
          {title}
        </p>
        <p class="soft figures">{durationSec === undefined ? t('lengthUnknown') : formatTime(durationSec)}</p>
      </div>
      <ActButton
        name="item-up"
        icon="higher"
        words={t('playlistUp', title)}
        disabled={isFirst}
        onClick={() => move(-1)}
        {...byKeys}
      />
      <ActButton
        name="item-down"
        icon="lower"
        words={t('playlistDown', title)}
        disabled={isLast}
        onClick={() => move(1)}
        {...byKeys}
      />
      <ActButton name="item-remove" icon="close" words={t('playlistRemove', title)} onClick={remove} />
    </li>
  )
}
