/**
 * How long the room waits, and for what: everybody reads it, the host unfolds it and sets it.
 * Keeps nothing but whether it is open.
 */
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { type Patience, WAITABLE_REASONS, type WaitableReason } from '../core/room/room'
import { Icon } from '../look/icon'
import { listOf, t } from '../platform/i18n'
import { patienceReasonKey, patienceSentence } from './sentences'
import { useWorld } from './world'

const CHOICES_SEC = [0, 5, 10, 30, 60]

type PatienceProps = { patience: Patience; maySet: boolean; connected: boolean }

export function RoomPatience({ patience, maySet, connected }: PatienceProps) {
  const sentence = t(...patienceSentence(patience, listOf, t))
  return (
    <section class="section patience" data-testid="patience" aria-label={t('patienceReasons')}>
      {maySet ? (
        <Setting patience={patience} sentence={sentence} connected={connected} />
      ) : (
        <p class="soft with-icon">
          <Icon name="waiting" size={16} />
          {sentence}
        </p>
      )}
    </section>
  )
}

type SettingProps = { patience: Patience; sentence: string; connected: boolean }

function Setting({ patience, sentence, connected }: SettingProps) {
  const [open, setOpen] = useState(false)
  const panel = useRef<HTMLFieldSetElement>(null)
  // It unfolds at the lower end of what scrolls.
  useLayoutEffect(() => {
    if (open) panel.current?.scrollIntoView({ block: 'nearest' })
  }, [open])
  return (
    <>
      <button
        type="button"
        class="ask"
        data-testid="patience-open"
        aria-expanded={open}
        aria-controls="patience-panel"
        onClick={() => setOpen(!open)}
      >
        <Icon name="waiting" size={16} />
        <span class="grow">{sentence}</span>
        <Icon name="unfold" size={12} />
      </button>
      <fieldset class="panel" id="patience-panel" ref={panel} hidden={!open} disabled={!connected}>
        <legend class="hidden">{sentence}</legend>
        <Most patience={patience} />
        <Reasons patience={patience} />
      </fieldset>
    </>
  )
}

function Most({ patience }: { patience: Patience }) {
  const { post } = useWorld()
  const { mostSec, reasons } = patience
  // Another client may have set what is not among ours.
  const choices = [...new Set([...CHOICES_SEC, mostSec])].sort((a, b) => a - b)
  return (
    <label class="side">
      <span class="grow">{t('patienceMost')}</span>
      <select
        data-testid="patience-most"
        value={String(mostSec)}
        onChange={(event) =>
          post({
            type: 'set-patience',
            patience: { reasons: [...reasons], mostSec: Number(event.currentTarget.value) },
          })
        }
      >
        {choices.map((sec) => (
          <option key={sec} value={String(sec)}>
            {sec === 0 ? t('patienceNotAtAll') : t('patienceSeconds', String(sec))}
          </option>
        ))}
      </select>
    </label>
  )
}

function Reasons({ patience }: { patience: Patience }) {
  const { post } = useWorld()
  const { mostSec, reasons } = patience
  const toggled = (reason: WaitableReason): WaitableReason[] =>
    WAITABLE_REASONS.filter((each) => (each === reason) !== reasons.includes(each))
  return (
    <fieldset class="side" disabled={mostSec === 0}>
      <legend class="hidden">{t('patienceReasons')}</legend>
      <span class="grow" aria-hidden="true">
        {t('patienceReasons')}
      </span>
      <span class="reasons">
        {WAITABLE_REASONS.map((reason) => (
          <label key={reason}>
            <input
              type="checkbox"
              data-testid={`patience-${reason}`}
              checked={reasons.includes(reason)}
              onChange={() => post({ type: 'set-patience', patience: { mostSec, reasons: toggled(reason) } })}
            />
            {t(patienceReasonKey(reason))}
          </label>
        ))}
      </span>
    </fieldset>
  )
}
