/**
 * People to test with: commands in, events applied, time by hand, and the notes that go between them. Whoever delivers them is
 * the test: late, or twice. Ids are counted so that they read well.
 */
import { applyOwn, applyPerson } from '../../../src/core/person/apply'
import type { AnyPersonCommand, PersonCommand, Whom } from '../../../src/core/person/command'
import type { PersonContext } from '../../../src/core/person/context'
import { decidePerson, type PersonDecision } from '../../../src/core/person/decide'
import { type OwnEvent, ownEvent, type PersonEvent } from '../../../src/core/person/event'
import type { Note } from '../../../src/core/person/note'
import { cardOf, type OwnPerson, type Person } from '../../../src/core/person/person'
import { unbornPerson } from '../../../src/core/person/unborn'

export type SomePeople = {
  nowMs: number
  /** What the server finds out for the next commands. */
  found: Pick<PersonContext, 'meet' | 'queue'>
  readonly own: (name: string) => OwnPerson
  readonly whole: (name: string) => Person | undefined
  /** What somebody makes of a person who only hears what is told to them. */
  readonly copy: (name: string) => OwnPerson | undefined
  readonly decide: (name: string, command: AnyPersonCommand) => PersonDecision
  /** Somebody asks, and what others have to hear of it is told; answers the events' types or the refusal's code. */
  readonly asks: (name: string, command: PersonCommand) => string[] | string
  /** The same, but nobody hears of it yet. */
  readonly asksInSilence: (name: string, command: PersonCommand) => string[] | string
  readonly owed: () => readonly Note[]
  /** Was it taken? */
  readonly deliver: (note: Note) => boolean
  readonly settle: (note: Note, inVain?: boolean) => void
  /** Until nobody owes anything. */
  readonly settleAll: () => void
  readonly events: PersonEvent[]
}

export const idOf = (name: string): string => `person-${name}`
export const whom = (name: string): Whom => ({ kind: 'person', personId: idOf(name) })

export function somePeople(...names: string[]): SomePeople {
  const people = new Map<string, Person>()
  const copies = new Map<string, OwnPerson>()
  const events: PersonEvent[] = []
  let ids = 0
  let lives = 0
  const selfOf = (name: string) => ({ id: idOf(name), number: 1 + names.indexOf(name), name })
  const nameOf = (id: string): string => id.replace('person-', '')
  const wholeOrUnborn = (name: string): Person => people.get(name) ?? unbornPerson(selfOf(name))

  const contextFor = (name: string, command: AnyPersonCommand): PersonContext => {
    ids += 1
    const meant = 'whom' in command && command.whom.kind === 'person' ? nameOf(command.whom.personId) : undefined
    return {
      nowMs: self.nowMs,
      self: selfOf(name),
      ...(meant !== undefined && names.includes(meant) && { them: cardOf(wholeOrUnborn(meant).own) }),
      meet: true,
      ...self.found,
      fresh: { epoch: `epoch-${++lives}`, id: `id-${ids}`, seed: (ids * 0.382) % 1 },
    }
  }
  const decide = (name: string, command: AnyPersonCommand): PersonDecision => {
    const decision = decidePerson(people.get(name), command, contextFor(name, command))
    if (!decision.ok) return decision
    for (const event of decision.events) {
      events.push(event)
      people.set(name, applyPerson(people.get(name), event))
      copies.set(name, applyOwn(copies.get(name), JSON.parse(JSON.stringify(ownEvent(event))) as OwnEvent))
    }
    const left = people.get(name)
    if (left?.own.deleted && left.serverOnly.owed.length === 0) {
      people.delete(name)
      copies.delete(name)
    }
    return decision
  }
  const owed = (): readonly Note[] => [...people.values()].flatMap(({ serverOnly }) => serverOnly.owed)
  const asksInSilence = (name: string, command: PersonCommand): string[] | string => {
    const decision = decide(name, command)
    return decision.ok ? decision.events.map(({ type }) => type) : decision.refusal.code
  }
  const self: SomePeople = {
    nowMs: 1_000_000,
    found: {},
    own: (name) => wholeOrUnborn(name).own,
    whole: (name) => people.get(name),
    copy: (name) => copies.get(name),
    decide,
    asksInSilence,
    asks(name, command) {
      const answer = asksInSilence(name, command)
      self.settleAll()
      return answer
    },
    owed,
    deliver: (note) => decide(nameOf(note.to), { type: 'hear', note }).ok,
    settle: (note, inVain = false) => void decide(nameOf(note.from.id), { type: 'settle', note, inVain }),
    settleAll() {
      for (let note = owed()[0]; note; note = owed()[0]) {
        self.settle(note, !self.deliver(note))
      }
    },
    events,
  }
  return self
}
