/**
 * One key of the piano: where it lies, what is written on it, and a stripe in the colour of each person who holds it.
 * What is written on it is drawn by the styles: it is no part of what the key is called.
 */
import type { Face } from '../faces'
import type { KeyPlace } from './key-layout'
import { keyName } from './key-names'

type KeyProps = {
  place: KeyPlace
  holders: readonly Face[]
  /** The computer's key that plays it. */
  letter: string | undefined
  isStop: boolean
}

export function Key({ place: { key, isBlack, left, width }, holders, letter, isStop }: KeyProps) {
  const name = keyName(key)
  const names = holders.map((holder) => holder.name).filter((held) => held !== '')
  return (
    <div
      class={`key ${isBlack ? 'black' : 'white'}${holders.length > 0 ? ' down' : ''}`}
      style={{ left: `${left * 100}%`, width: `${width * 100}%` }}
      role="button"
      tabIndex={isStop ? 0 : -1}
      aria-label={[name, ...names].join(', ')}
      aria-pressed={holders.length > 0}
      data-key={key}
      data-testid={`key-${key}`}
    >
      {holders.length > 0 && (
        <span class="holders">
          {holders.map((holder) => (
            <span
              key={holder.hue}
              class="holder played"
              style={{ '--hue': holder.hue }}
              data-letters={holder.initials}
            />
          ))}
        </span>
      )}
      <span class="written" data-letter={letter} data-octave={key % 12 === 0 ? name : undefined} />
    </div>
  )
}
