/**
 * The keys: drawn where they lie, coloured by who holds them, played by any number of pointers, which may slide, and by the focus.
 * For a keyboard there is one stop here, and arrows walk along the keys. Knows no sound.
 */
import { useRef, useState } from 'preact/hooks'
import { t } from '../../platform/i18n'
import type { Face } from '../faces'
import { useWorld } from '../world'
import { Key } from './key'
import { type KeySpan, keyAt, placesOf, velocityAt } from './key-layout'
import { keyName } from './key-names'

type PianoProps = {
  span: KeySpan
  /** Who holds each key, in the order in which they came. */
  holders: ReadonlyMap<number, readonly Face[]>
  letters: ReadonlyMap<number, string>
}

/** What the focus strikes with. */
const FOCUS_VELOCITY = 90
const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowDown: -12, ArrowUp: 12 }

export function Piano({ span, holders, letters }: PianoProps) {
  const { instrument } = useWorld()
  const keyboard = useRef<HTMLDivElement>(null)
  const [stop, setStop] = useState(60)
  const places = placesOf(span)
  const stopInSight = Math.min(span.highest, Math.max(span.lowest, stop))

  const pressAt = (event: PointerEvent) => {
    const box = keyboard.current?.getBoundingClientRect()
    if (!box) return
    const [x, y] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height]
    const key = keyAt(places, x, y)
    if (key !== undefined) instrument.press(`pointer ${event.pointerId}`, key, velocityAt(key, y), event.timeStamp)
  }
  const lift = (event: PointerEvent) => instrument.lift(`pointer ${event.pointerId}`, event.timeStamp)

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    const step = STEPS[event.key]
    if (step !== undefined) {
      event.preventDefault()
      const next = Math.min(span.highest, Math.max(span.lowest, stopInSight + step))
      instrument.lift('focus', event.timeStamp)
      setStop(next)
      keyboard.current?.querySelector<HTMLElement>(`[data-key="${next}"]`)?.focus()
    } else if (event.key === ' ' || event.key === 'Enter') {
      event.preventDefault()
      if (!event.repeat) instrument.press('focus', stopInSight, FOCUS_VELOCITY, event.timeStamp)
    }
  }
  const liftFocus = (event: Event) => instrument.lift('focus', event.timeStamp)

  return (
    <div
      class="keys"
      ref={keyboard}
      role="group"
      aria-label={t('notesKeys', keyName(span.lowest), keyName(span.highest))}
      data-testid="keys"
      onPointerDown={(event) => {
        if (event.button !== 0) return
        // The finger is this keyboard's until it is lifted, wherever it slides.
        keyboard.current?.setPointerCapture(event.pointerId)
        pressAt(event)
      }}
      onPointerMove={(event) => {
        if (keyboard.current?.hasPointerCapture(event.pointerId)) pressAt(event)
      }}
      onPointerUp={lift}
      onPointerCancel={lift}
      onLostPointerCapture={lift}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={onKeyDown}
      onKeyUp={(event) => {
        if (event.key === ' ' || event.key === 'Enter') liftFocus(event)
      }}
      onBlurCapture={liftFocus}
      onFocusIn={(event) => {
        const key = Number((event.target as HTMLElement).dataset['key'])
        if (Number.isInteger(key)) setStop(key)
      }}
    >
      {places.map((place) => (
        <Key
          key={place.key}
          place={place}
          holders={holders.get(place.key) ?? []}
          letter={letters.get(place.key)}
          isStop={place.key === stopInSight}
        />
      ))}
    </div>
  )
}
