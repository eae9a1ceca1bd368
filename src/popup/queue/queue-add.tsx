/** Adds the video of this page, or whatever has an address. Who may not reads that. */
import { useRef, useState } from 'preact/hooks'
import { ROOM_LIMITS } from '../../core/room/room'
import { wishesIn } from '../../look/wishes'
import type { RoomView, View } from '../../messages/background-to-popup'
import { t } from '../../platform/i18n'
import { useAsk } from '../ask'
import { may } from '../rights'
import { useWorld } from '../world'

export function QueueAdd({ room, page }: { room: RoomView; page: View['page'] }) {
  return (
    <section class="section stack" aria-label={t('queueAddLabel')}>
      {may(room, 'queue-add') ? (
        <AddAddress mayOrder={may(room, 'queue-order')} />
      ) : (
        <p class="soft">{t('queueAddNotYou')}</p>
      )}
      {page.kind === 'video' && <ThisPage room={room} />}
    </section>
  )
}

/** What is in the room already is not offered again. */
function ThisPage({ room }: { room: RoomView }) {
  const { post } = useWorld()
  return (
    <>
      {room.pageIs === 'new' && may(room, 'queue-add') && (
        <button type="button" data-testid="queue-add-page" onClick={() => post({ type: 'add-page' })}>
          {t('queueAddPage')}
        </button>
      )}
      {room.pageIs !== 'current' && may(room, 'set-media') && room.settings.mode !== 'rotation' && (
        <button type="button" data-testid="play-page" onClick={() => post({ type: 'play-page' })}>
          {t('playPage')}
        </button>
      )}
    </>
  )
}

function AddAddress({ mayOrder }: { mayOrder: boolean }) {
  const ask = useAsk()
  const [text, setText] = useState('')
  const [first, setFirst] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const isUnclear = text.trim() !== '' && wishesIn(text).length === 0
  const add = (event: Event) => {
    event.preventDefault()
    const items = wishesIn(text)
    field.current?.focus()
    if (items.length === 0) return
    ask({ type: 'queue-add', items, ...(first && { first }) })
    setText('')
  }
  return (
    <form onSubmit={add}>
      <label class="label" for="queue-address">
        {t('queueAddLabel')}
      </label>
      <div class="side">
        <input
          id="queue-address"
          data-testid="queue-address"
          ref={field}
          value={text}
          maxLength={ROOM_LIMITS.addressLength}
          inputMode="url"
          placeholder="https://"
          autocomplete="off"
          spellcheck={false}
          aria-describedby="queue-address-hint"
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button type="submit" data-testid="queue-add">
          {t('queueAdd')}
        </button>
      </div>
      <p class={isUnclear ? 'soft below' : 'hidden'} id="queue-address-hint">
        {t('queueAddressHint')}
      </p>
      {mayOrder && (
        <div class="ticks below">
          <label>
            <input type="checkbox" data-testid="queue-add-first" checked={first} onChange={() => setFirst(!first)} />
            {t('queueAddFirst')}
          </label>
        </div>
      )}
    </form>
  )
}
