/**
 * The store of people on lmdb, in one folder, for one process: for each a snapshot now and then and the events behind it.
 * A commit is visible at once and on the disk a moment later, in order. So after a stop that was not clean every person has another epoch:
 * the folder counts such stops, and whoever was last written before one is told by it.
 */
import { open, type RootDatabase } from 'lmdb'
import { applyPerson } from '../../core/person/apply'
import type { PersonEvent } from '../../core/person/event'
import type { Person } from '../../core/person/person'
import { committed } from './committed'
import { owedBy, type PersonStore } from './person-store'

/** How long the tail of events behind a snapshot may grow: loading replays it. */
const SNAPSHOT_EVERY = 64
const FORMAT = 1
/** It is counted in days: more often is not worth a write. */
const TOUCH_MS = 86_400_000

type Head = {
  readonly epoch: string
  /** Stops that were not clean, when this was written. */
  readonly crashes: number
  readonly number: number
  readonly rev: number
  readonly snapshotRev: number
  readonly owed: number
  readonly touchedAtMs: number
}

export function openLmdbPersonStore(folder: string): PersonStore {
  const root: RootDatabase<unknown, string> = open({
    path: folder,
    encoding: 'json',
    maxDbs: 5,
    eventTurnBatching: false,
  })
  const heads = root.openDB<Head, string>({ name: 'heads', encoding: 'json' })
  const snapshots = root.openDB<Person, string>({ name: 'snapshots', encoding: 'json' })
  const events = root.openDB<PersonEvent, [string, number]>({ name: 'events', encoding: 'json' })
  const numbers = root.openDB<string, number>({ name: 'numbers', encoding: 'json' })
  const marks = root.openDB<number | boolean, string>({ name: 'marks', encoding: 'json' })

  const crashes = root.transactionSync((): number => {
    const format = marks.get('format') ?? FORMAT
    if (format !== FORMAT) throw new Error(`The people in ${folder} were written by another version.`)
    const before = Number(marks.get('crashes') ?? 0)
    const isNew = marks.get('format') === undefined
    const now = isNew || marks.get('clean') === true ? before : before + 1
    void marks.put('format', FORMAT)
    void marks.put('crashes', now)
    void marks.remove('clean')
    return now
  })

  const epochOf = ({ epoch, crashes: then }: Head): string =>
    then === crashes ? epoch : `${epoch.slice(0, 48)}-${crashes}`

  const personAt = (id: string, head: Head): Person | undefined => {
    let person = snapshots.get(id)
    for (const { value } of events.getRange({ start: [id, head.snapshotRev + 1], end: [id, head.rev + 1] })) {
      person = applyPerson(person, value)
    }
    return person && { ...person, own: { ...person.own, epoch: epochOf(head) } }
  }

  const dropEvents = (id: string, toRev: number): void => {
    for (const key of Array.from(events.getKeys({ start: [id, 0], end: [id, toRev + 1] }))) void events.remove(key)
  }

  const keepSnapshot = (id: string, head: Head): void => {
    const person = personAt(id, head)
    if (!person) return
    void snapshots.put(id, person)
    void heads.put(id, { ...head, snapshotRev: head.rev })
    dropEvents(id, head.rev)
  }

  // lmdb answers a write after its end by an exception that nobody can catch.
  let isClosed = false
  const write = async <Result>(action: () => Result): Promise<Result> => {
    if (isClosed) throw new Error('The store is closed.')
    return committed(root.transaction(action))
  }

  const idsWhere = (holds: (head: Head) => boolean): readonly string[] =>
    Array.from(
      heads.getRange().filter(({ value }) => holds(value)),
      ({ key }) => key,
    )

  return {
    async load(id) {
      if (isClosed) throw new Error('The store is closed.')
      const head = heads.get(id)
      return head && personAt(id, head)
    },
    append: (id, epoch, expectedRev, added, atMs) =>
      write(() => {
        const head = heads.get(id)
        const [first] = added
        if (!first) return 'ok'
        const born = first.type === 'person-created' ? first.person : undefined
        if (head ? born || epochOf(head) !== epoch || head.rev !== expectedRev : !born || expectedRev !== 0)
          return 'conflict'
        const number = head?.number ?? born?.number ?? 0
        if (born) {
          if (numbers.get(number) !== undefined) return 'number-taken'
          void numbers.put(number, id)
        }
        added.forEach((event, index) => void events.put([id, expectedRev + 1 + index], event))
        const next: Head = {
          epoch,
          crashes,
          number,
          rev: expectedRev + added.length,
          snapshotRev: head?.snapshotRev ?? 0,
          owed: (head?.owed ?? 0) + owedBy(added),
          touchedAtMs: atMs,
        }
        void heads.put(id, next)
        if (next.rev - next.snapshotRev >= SNAPSHOT_EVERY) keepSnapshot(id, next)
        return 'ok'
      }),
    async touch(id, atMs) {
      const known = heads.get(id)
      if (!known || atMs - known.touchedAtMs < TOUCH_MS) return
      await write(() => {
        const head = heads.get(id)
        if (head) void heads.put(id, { ...head, touchedAtMs: atMs })
      })
    },
    async remove(id) {
      await write(() => {
        const head = heads.get(id)
        if (!head) return
        if (numbers.get(head.number) === id) void numbers.remove(head.number)
        dropEvents(id, Number.MAX_SAFE_INTEGER)
        void snapshots.remove(id)
        void heads.remove(id)
      })
    },
    byNumber: async (number) => numbers.get(number),
    owing: async () => idsWhere(({ owed }) => owed > 0),
    untouchedSince: async (atMs) => idsWhere(({ touchedAtMs }) => touchedAtMs < atMs),
    count: () => heads.getCount(),
    async close() {
      isClosed = true
      // The mark must not reach the disk before what it vouches for.
      await root.flushed
      await committed(marks.put('clean', true))
      await root.flushed
      await root.close()
    },
  }
}
