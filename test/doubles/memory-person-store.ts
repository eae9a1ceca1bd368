/** The store of people in memory, for simulations: the disk outlives the store, and one that was not closed cleanly gives everybody another epoch. */
import { applyPerson } from '../../src/core/person/apply'
import type { Person } from '../../src/core/person/person'
import type { PersonStore } from '../../src/server/store/person-store'

export type MemoryPeopleDisk = {
  readonly people: Map<string, { person: Person; touchedAtMs: number }>
  isClean: boolean
  crashes: number
}

export function createMemoryPeopleDisk(): MemoryPeopleDisk {
  return { people: new Map(), isClean: true, crashes: 0 }
}

export function openMemoryPersonStore(disk: MemoryPeopleDisk): PersonStore {
  if (!disk.isClean) {
    disk.crashes += 1
    for (const entry of disk.people.values()) {
      const { own } = entry.person
      entry.person = { ...entry.person, own: { ...own, epoch: `${own.epoch.slice(0, 48)}-${disk.crashes}` } }
    }
  }
  disk.isClean = false
  let closed = false
  const people = (): MemoryPeopleDisk['people'] => {
    if (closed) throw new Error('The store is closed.')
    return disk.people
  }
  const numberOf = (number: number): string | undefined =>
    [...people().values()].find(({ person }) => person.own.number === number)?.person.own.id
  const idsWhere = (holds: (entry: { person: Person; touchedAtMs: number }) => boolean): string[] =>
    Array.from(people()).flatMap(([id, entry]) => (holds(entry) ? [id] : []))

  return {
    load: async (id) => people().get(id)?.person,
    async append(id, epoch, expectedRev, events, atMs) {
      let person = people().get(id)?.person
      const [first] = events
      if (!first) return 'ok'
      const born = first.type === 'person-created' ? first.person : undefined
      const isThere = person && person.own.epoch === epoch && person.own.rev === expectedRev
      if (person ? born || !isThere : !born || expectedRev !== 0) return 'conflict'
      if (born && numberOf(born.number) !== undefined) return 'number-taken'
      for (const event of events) person = applyPerson(person, event)
      if (person) people().set(id, { person, touchedAtMs: atMs })
      return 'ok'
    },
    async touch(id, atMs) {
      const entry = people().get(id)
      if (entry) entry.touchedAtMs = atMs
    },
    async remove(id) {
      people().delete(id)
    },
    byNumber: async (number) => numberOf(number),
    owing: async () => idsWhere(({ person }) => person.serverOnly.owed.length > 0),
    untouchedSince: async (atMs) => idsWhere(({ touchedAtMs }) => touchedAtMs < atMs),
    count: () => disk.people.size,
    async close() {
      people()
      closed = true
      disk.isClean = true
    },
  }
}
