/**
 * What was played a moment ago, rising from its keys in the colour of who played it: how one sees a phrase and not only its last
 * note. Drawn only, by animations of the styles; for who asked for less motion there is nothing here.
 */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Holders } from '../holders'
import type { KeyPlace } from './key-layout'

type Trail = { readonly id: number; readonly key: number; readonly hue: number; readonly isOver: boolean }

/** Older ones are taken away before they have risen. */
const MOST_TRAILS = 160

export function Trails({ places, holders }: { places: readonly KeyPlace[]; holders: Holders }) {
  const [trails, remove] = useTrails(holders)
  return (
    <div class="trails" aria-hidden="true">
      {trails.map(({ id, key, hue, isOver }) => {
        const place = places.find((each) => each.key === key)
        if (!place) return null
        return (
          <span
            key={id}
            class={isOver ? 'trail over' : 'trail'}
            style={{ left: `${place.left * 100}%`, width: `${place.width * 100}%` }}
            onAnimationEnd={(event) => {
              if (event.animationName === 'rise') remove(id)
            }}
          >
            <span class="played" style={{ '--hue': hue }} />
          </span>
        )
      })}
    </div>
  )
}

function useTrails(holders: Holders): [readonly Trail[], (id: number) => void] {
  const [trails, setTrails] = useState<readonly Trail[]>([])
  const nextId = useRef(0)
  useEffect(() => {
    const isHeld = ({ key, hue }: Pick<Trail, 'key' | 'hue'>) =>
      holders.get(key)?.some((face) => face.hue === hue) ?? false
    setTrails((before) => {
      const kept = before.map((trail) => (trail.isOver || isHeld(trail) ? trail : { ...trail, isOver: true }))
      const begun = [...holders].flatMap(([key, faces]) =>
        faces
          .filter(({ hue }) => !kept.some((trail) => !trail.isOver && trail.key === key && trail.hue === hue))
          .map(({ hue }): Trail => {
            nextId.current += 1
            return { id: nextId.current, key, hue, isOver: false }
          }),
      )
      return [...kept, ...begun].slice(-MOST_TRAILS)
    })
  }, [holders])
  return [trails, (id) => setTrails((before) => before.filter((trail) => trail.id !== id))]
}
