/** One thing at a time for each person, and those who were worked on lately in memory. Decides nothing, stores nothing. */
import type { Person, PersonId } from '../core/person/person'

/** `person` is absent while it is not loaded, and for whom nothing is stored. */
export type PersonPlace = { person?: Person; tail: Promise<unknown>; inLine: number }

export type PersonTurns = {
  take<Result>(id: PersonId, work: (place: PersonPlace) => Promise<Result>): Promise<Result>
  inLine(id: PersonId): number
  /** Lets what is under way come to its end. */
  close(): Promise<void>
}

/** A person may be long: so many are kept, and others are read again. */
const KEPT = 200

export function createPersonTurns(): PersonTurns {
  const places = new Map<PersonId, PersonPlace>()

  const rest = (id: PersonId, place: PersonPlace): void => {
    if (place.inLine > 0) return
    places.delete(id)
    if (!place.person) return
    // Behind all others: the first ones are those that nobody has asked for the longest.
    places.set(id, place)
    for (const [other, { inLine }] of places) {
      if (places.size <= KEPT) return
      if (inLine === 0) places.delete(other)
    }
  }

  return {
    take(id, work) {
      const place = places.get(id) ?? { tail: Promise.resolve(), inLine: 0 }
      places.set(id, place)
      place.inLine += 1
      const turn = place.tail.then(async () => {
        try {
          return await work(place)
        } finally {
          place.inLine -= 1
          rest(id, place)
        }
      })
      place.tail = turn.catch(() => {})
      return turn
    },
    inLine: (id) => places.get(id)?.inLine ?? 0,
    async close() {
      await Promise.all(Array.from(places.values(), ({ tail }) => tail))
    },
  }
}
