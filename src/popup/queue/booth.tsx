/** Who takes turns as DJ: join with what one wants to play, leave, and for who may manage it the line itself. */
import { useState } from 'preact/hooks'
import { ActButton } from '../../look/act-button'
import { Fold } from '../../look/fold'
import { wishesIn } from '../../look/wishes'
import type { RoomView } from '../../messages/background-to-popup'
import { t } from '../../platform/i18n'
import { useAsk } from '../ask'
import { can, isInBooth, may, mayRemoveDj, personOf } from '../rights'
import { useWorld } from '../world'

export function BoothPart({ room }: { room: RoomView }) {
  const { playing, waiting } = room.booth
  const onAir = personOf(room, playing)
  return (
    <section class="section stack" data-testid="booth" aria-label={t('booth')}>
      <div>
        <h2 class="label">{t('booth')}</h2>
        <p data-testid="dj-playing">{onAir ? (onAir.isSelf ? t('djYou') : t('djIs', onAir.name)) : t('djNobody')}</p>
      </div>
      {playing !== undefined && mayRemoveDj(room, playing) && playing !== room.selfId && <TakeOut id={playing} />}
      {waiting.length > 0 && (
        <ol class="items numbered" aria-label={t('boothWaiting')}>
          {waiting.map((id, index) => (
            <Waiting key={id} room={room} id={id} index={index} />
          ))}
        </ol>
      )}
      <OwnPlace room={room} />
      {may(room, 'manage-djs') && can(room, 'add-dj') && <AddDj room={room} />}
      <BoothSettings room={room} />
    </section>
  )
}

function TakeOut({ id }: { id: string }) {
  const ask = useAsk()
  return (
    <button
      type="button"
      class="small"
      data-testid="dj-remove-playing"
      onClick={() => ask({ type: 'remove-dj', memberId: id })}
    >
      {t('djTakeOut')}
    </button>
  )
}

function Waiting({ room, id, index }: { room: RoomView; id: string; index: number }) {
  const ask = useAsk()
  const name = personOf(room, id)?.name ?? ''
  const last = room.booth.waiting.length - 1
  return (
    <li class="item side" data-testid="dj">
      <span class="grow name">{name}</span>
      {may(room, 'manage-djs') && can(room, 'move-dj') && (
        <>
          <ActButton
            name="dj-up"
            icon="higher"
            words={t('moveUpWho', name)}
            disabled={index === 0}
            onClick={() => ask({ type: 'move-dj', memberId: id, toIndex: index - 1 })}
          />
          <ActButton
            name="dj-down"
            icon="lower"
            words={t('moveDownWho', name)}
            disabled={index === last}
            onClick={() => ask({ type: 'move-dj', memberId: id, toIndex: index + 1 })}
          />
          {mayRemoveDj(room, id) && (
            <ActButton
              name="dj-remove"
              icon="close"
              words={t('djRemove', name)}
              onClick={() => ask({ type: 'remove-dj', memberId: id })}
            />
          )}
        </>
      )}
    </li>
  )
}

function OwnPlace({ room }: { room: RoomView }) {
  const ask = useAsk()
  if (isInBooth(room, room.selfId)) {
    if (!can(room, 'leave-booth')) return null
    return (
      <button type="button" data-testid="leave-booth" onClick={() => ask({ type: 'leave-booth' })}>
        {t('boothLeave')}
      </button>
    )
  }
  if (!may(room, 'dj')) return <p class="soft">{t('boothNotYou')}</p>
  if (room.settings.djsLocked && !may(room, 'manage-djs')) return <p class="soft">{t('boothLocked')}</p>
  return <JoinBooth hasPage={room.pageIs !== undefined} />
}

function JoinBooth({ hasPage }: { hasPage: boolean }) {
  const ask = useAsk()
  const { post } = useWorld()
  const [text, setText] = useState('')
  const join = (event: Event) => {
    event.preventDefault()
    const items = wishesIn(text)
    ask({ type: 'join-booth', ...(items.length > 0 && { items }) })
  }
  return (
    <form onSubmit={join} class="stack">
      <Fold name="booth-list" words={t('boothList')}>
        <label class="field">
          <span class="label">{t('boothListLabel')}</span>
          <textarea
            data-testid="booth-addresses"
            rows={3}
            value={text}
            spellcheck={false}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
      </Fold>
      <button type="submit" data-testid="join-booth">
        {t('boothJoin')}
      </button>
      {hasPage && (
        <button type="button" data-testid="join-booth-page" onClick={() => post({ type: 'join-booth-with-page' })}>
          {t('boothJoinWithPage')}
        </button>
      )}
    </form>
  )
}

function AddDj({ room }: { room: RoomView }) {
  const ask = useAsk()
  const others = room.people.filter(({ id, isBot }) => !isInBooth(room, id) && id !== room.selfId && !isBot)
  const [chosen, setChosen] = useState('')
  const memberId = others.find(({ id }) => id === chosen)?.id ?? others[0]?.id
  if (memberId === undefined) return null
  const add = (event: Event) => {
    event.preventDefault()
    ask({ type: 'add-dj', memberId })
  }
  return (
    <form class="side" onSubmit={add}>
      <select
        class="grow"
        data-testid="dj-choose"
        aria-label={t('djChoose')}
        value={memberId}
        onChange={(event) => setChosen(event.currentTarget.value)}
      >
        {others.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <button type="submit" class="small" data-testid="dj-add">
        {t('djAdd')}
      </button>
    </form>
  )
}

function BoothSettings({ room }: { room: RoomView }) {
  const ask = useAsk()
  const { cycle, djsLocked } = room.settings
  const disabled = !may(room, 'configure')
  return (
    <div class="ticks">
      <label>
        <input
          type="checkbox"
          data-testid="booth-cycle"
          checked={cycle}
          disabled={disabled}
          onChange={() => ask({ type: 'configure', settings: { cycle: !cycle } })}
        />
        {t('boothCycle')}
      </label>
      <label>
        <input
          type="checkbox"
          data-testid="booth-locked"
          checked={djsLocked}
          disabled={disabled}
          onChange={() => ask({ type: 'configure', settings: { djsLocked: !djsLocked } })}
        />
        {t('boothLock')}
      </label>
    </div>
  )
}
