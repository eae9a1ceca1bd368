/** The whole piano, small: what part of it is in sight, and who plays where, also out of sight. Drawn only; its words stand elsewhere. */
import type { Face } from '../faces'
import { type KeySpan, PIANO, placesOf } from './key-layout'

const PLACES = placesOf(PIANO)

export function Overview({ span, holders }: { span: KeySpan; holders: ReadonlyMap<number, readonly Face[]> }) {
  const edgeOf = (key: number) => PLACES.find((place) => place.key === key)
  const first = edgeOf(span.lowest)
  const last = edgeOf(span.highest)
  const left = first?.left ?? 0
  const width = (last ? last.left + last.width : 1) - left
  return (
    <div class="overview" aria-hidden="true">
      {PLACES.map(({ key, isBlack, left, width }) => {
        const holder = holders.get(key)?.[0]
        return (
          <span
            key={key}
            class={`mini ${isBlack ? 'black' : 'white'}${holder ? ' played' : ''}`}
            style={{ left: `${left * 100}%`, width: `${width * 100}%`, ...(holder && { '--hue': holder.hue }) }}
          />
        )
      })}
      <span class="sight" style={{ left: `${left * 100}%`, width: `${width * 100}%` }} />
    </div>
  )
}
