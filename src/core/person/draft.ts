/** A decision in the making: events so far, and the person as they leave them. Lives within one call of `decide`. */
import { applyPerson } from './apply'
import type { PersonContext } from './context'
import type { PersonEvent } from './event'
import type { Note, NoteBody } from './note'
import { cardOf, type OwnPerson, PERSON_LIMITS, type Person, type PersonId, type ServerOnlyPerson } from './person'
import { unbornPerson } from './unborn'

export type PersonDraft = {
  readonly context: PersonContext
  /** The person after the events so far. */
  readonly own: () => OwnPerson
  readonly serverOnly: () => ServerOnlyPerson
  readonly emit: (event: PersonEvent) => void
  /** Another person has to be told: stored with what happens here. */
  readonly owe: (to: PersonId, body: NoteBody) => void
  readonly events: () => readonly PersonEvent[]
}

export function createPersonDraft(start: Person | undefined, context: PersonContext): PersonDraft {
  let person = start ?? unbornPerson(context.self)
  const events: PersonEvent[] = []

  const emit = (event: PersonEvent): void => {
    if (person.own.rev === 0 && event.type !== 'person-created') {
      emit({ type: 'person-created', person: { ...person.own, epoch: context.fresh.epoch, rev: 1 } })
    }
    events.push(event)
    person = applyPerson(person, event)
  }

  return {
    context,
    own: () => person.own,
    serverOnly: () => person.serverOnly,
    emit,
    owe(to, body) {
      if (person.serverOnly.owed.length >= PERSON_LIMITS.owed) return
      const { epoch, rev } = numberOfNext(person, context)
      const note: Note = { epoch, rev, to, from: cardOf(person.own), atMs: context.nowMs, body }
      emit({ type: 'noted', serverOnly: { owes: [note] } })
    },
    events: () => events,
  }
}

/** What the next event is called: a person who is not stored yet is created by an event before it. */
export function numberOfNext({ own }: Person, { fresh }: PersonContext): { epoch: string; rev: number } {
  return own.rev === 0 ? { epoch: fresh.epoch, rev: 2 } : { epoch: own.epoch, rev: own.rev + 1 }
}
