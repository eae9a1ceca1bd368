/**
 * Where people outlive the process: what happened to each, numbered within an epoch. Whoever did nothing yet is not in it.
 * The port only; what it promises is test/contracts/person-store-contract.ts. Knows no identities: people are found by their public id.
 */
import type { PersonEvent } from '../../core/person/event'
import type { Person, PersonId } from '../../core/person/person'

export type PersonStore = {
  /** The person as the last event left them. */
  load(id: PersonId): Promise<Person | undefined>
  /**
   * Adds events behind `expectedRev`, all or none. A person begins with `person-created` behind rev 0.
   * `conflict`: the person is not where the caller thinks. `number-taken`: somebody else has the number of who is created.
   */
  append(
    id: PersonId,
    epoch: string,
    expectedRev: number,
    events: readonly PersonEvent[],
    atMs: number,
  ): Promise<'ok' | 'conflict' | 'number-taken'>
  /** Somebody of whom something is stored was here. */
  touch(id: PersonId, atMs: number): Promise<void>
  /** Forgets a person, and their number. */
  remove(id: PersonId): Promise<void>
  byNumber(number: number): Promise<PersonId | undefined>
  /** Who still has to tell something to others. */
  owing(): Promise<readonly PersonId[]>
  /** Who was not here since that moment, and of whom nothing was stored. */
  untouchedSince(atMs: number): Promise<readonly PersonId[]>
  count(): number
  /** Everything is on the disk, and the next opening knows that nothing was lost. */
  close(): Promise<void>
}

/** How many notes are to be told more by these events. */
export function owedBy(events: readonly PersonEvent[]): number {
  return events.reduce(
    (sum, { serverOnly }) => sum + (serverOnly?.owes?.length ?? 0) - (serverOnly?.settled ? 1 : 0),
    0,
  )
}
