/**
 * The keeper of people: loads them, lets the core decide, appends what happened to the store, and only then tells it.
 * What others have to hear of it is told to them as a command of its own, until it is stored there. Knows no sessions and no rooms.
 */
import { applyPerson } from '../core/person/apply'
import type { AnyPersonCommand, PersonCommand } from '../core/person/command'
import type { PersonContext } from '../core/person/context'
import { decidePerson } from '../core/person/decide'
import type { NumberedPersonEvent, PersonEvent } from '../core/person/event'
import type { Note } from '../core/person/note'
import { type OwnPerson, ownPart, type Person, type PersonId, type PersonPlayed } from '../core/person/person'
import type { FriendState } from '../core/person/presence'
import { unbornPerson } from '../core/person/unborn'
import { type Refusal, refuse } from '../core/room/refusal'
import type { Clock } from '../platform/clock'
import type { Random } from '../platform/random'
import type { Timers } from '../platform/timers'
import { type Log, reasonOf } from './log'
import type { Metrics } from './metrics'
import type { PersonName } from './person-ids'
import { createPersonTurns, type PersonPlace } from './person-turns'
import type { PersonStore } from './store/person-store'

/** Who somebody is when nothing is stored of them yet, and where they come from, as limits count. */
export type Somebody = PersonName & { readonly name?: string; readonly neighbourhood: string }

export type PersonChange = {
  readonly numbered: NumberedPersonEvent
  readonly before: OwnPerson
  readonly after: OwnPerson
}

export type PersonsDeps = {
  readonly store: PersonStore
  readonly clock: Clock
  readonly timers: Timers
  readonly random: Random
  readonly log: Log
  readonly metrics: Pick<Metrics, 'toldLate'>
  readonly maxPeople: number
  /** So many things may wait for one person; what is asked beyond that is refused. */
  readonly maxInLine: number
  /** May one more person be kept who comes from there? */
  readonly mayBegin: (neighbourhood: string) => Promise<boolean>
  /** Somebody who is here just now. */
  readonly present: (id: PersonId) => Somebody | undefined
}

export type Persons = {
  listen(told: (change: PersonChange) => void): void
  /** Goes on where the last stop left off: tells what was not told yet, forgets who has not been here for long. */
  begin(): Promise<void>
  /** `show` is called in turn: what is told afterwards is new to whoever was shown. */
  open(who: Somebody, show: (own: OwnPerson) => void): Promise<void>
  command(
    who: Somebody,
    command: PersonCommand,
    facts: Pick<PersonContext, 'them' | 'meet' | 'queue'>,
  ): Promise<Refusal | { readonly changed: boolean }>
  /** Friends as they are called and look now. */
  knowFriends(who: Somebody, friends: readonly Pick<FriendState, 'personId' | 'shown'>[]): Promise<void>
  notePlayed(who: Somebody, played: PersonPlayed): Promise<void>
  /** As stored; nothing of those who did nothing yet. */
  look(id: PersonId): Promise<Person | undefined>
  byNumber(number: number): Promise<PersonId | undefined>
  count(): number
  /** Nothing is decided any more after what is under way. */
  close(): Promise<void>
}

const TRIES = 3
/** Numbers are drawn from two thousand millions: neighbours are free. */
const NUMBER_TRIES = 16
const RETRY_MS = 1_000
const LONGEST_RETRY_MS = 60_000
/** Longer than a token lives: nobody can show any more that they are it. */
const FORGET_AFTER_MS = 400 * 86_400_000
/** It looks at everybody. */
const SWEEP_EVERY_MS = 3_600_000

type Outcome = Refusal | { readonly changed: boolean }

export function createPersons(deps: PersonsDeps): Persons {
  const { store, clock, timers, random, log } = deps
  const turns = createPersonTurns()
  const listeners: ((change: PersonChange) => void)[] = []
  const settling = new Set<PersonId>()
  const askedAgain = new Set<PersonId>()
  let sweptAtMs = -Infinity
  let isClosing = false

  const loaded = async (id: PersonId, place: PersonPlace): Promise<Person | undefined> => {
    const person = place.person ?? (await store.load(id))
    if (person) place.person = person
    return person
  }

  const change = async (
    who: Somebody,
    place: PersonPlace,
    command: AnyPersonCommand,
    facts: Pick<PersonContext, 'them' | 'meet' | 'queue'>,
  ): Promise<Outcome> => {
    let number = who.number
    let conflicts = 0
    for (let attempt = 0; attempt < NUMBER_TRIES && conflicts < TRIES; attempt++) {
      const person = await loaded(who.id, place)
      const context: PersonContext = {
        nowMs: clock.nowMs(),
        self: { id: who.id, number, ...(who.name !== undefined && { name: who.name }) },
        ...facts,
        fresh: { epoch: random.uuid(), id: random.uuid(), seed: random.float() },
      }
      const decision = decidePerson(person, command, context)
      if (!decision.ok) return decision.refusal
      const [first] = decision.events
      if (!first) return { changed: false }
      if (!person && attempt === 0 && !(await mayBegin(who))) return refuse('too-many-people')
      const epoch = first.type === 'person-created' ? first.person.epoch : (person?.own.epoch ?? '')
      const appended = await store.append(who.id, epoch, person?.own.rev ?? 0, decision.events, clock.nowMs())
      if (appended === 'ok') {
        await tell(who.id, place, person ?? unbornPerson(context.self), decision.events)
        return { changed: true }
      }
      if (appended === 'number-taken') number = (number % (2 ** 31 - 1)) + 1
      else conflicts += 1
      delete place.person
    }
    log.error({ command: command.type }, 'the store of people kept contradicting')
    return refuse('server-error')
  }

  const mayBegin = async ({ neighbourhood }: Somebody): Promise<boolean> => {
    if (store.count() >= deps.maxPeople) await sweep()
    return store.count() < deps.maxPeople && deps.mayBegin(neighbourhood)
  }

  /** Applies what is stored by now, and tells it, event by event. */
  const tell = async (
    id: PersonId,
    place: PersonPlace,
    person: Person,
    events: readonly PersonEvent[],
  ): Promise<void> => {
    let now = person
    for (const event of events) {
      const before = ownPart(now)
      now = applyPerson(now, event)
      place.person = now
      const after = ownPart(now)
      const numbered = { epoch: after.epoch, rev: after.rev, event }
      for (const told of listeners) told({ numbered, before, after })
    }
    if (now.serverOnly.owed.length > 0) void settleOwed(id)
    else if (now.own.deleted) {
      await store.remove(id)
      delete place.person
    }
  }

  const inTurn = async (
    who: Somebody,
    command: AnyPersonCommand,
    facts: Pick<PersonContext, 'them' | 'meet' | 'queue'> = {},
  ): Promise<Outcome> => {
    try {
      return await turns.take(who.id, async (place) =>
        isClosing ? refuse('server-error') : change(who, place, command, facts),
      )
    } catch (error) {
      log.error({ reason: reasonOf(error) }, 'a person could not be changed')
      return refuse('server-error')
    }
  }

  /** Of whom it is known that they are stored: their number and name are not asked for. */
  const stored = (id: PersonId): Somebody => ({ id, number: 0, neighbourhood: '' })

  const look: Persons['look'] = (id) => turns.take(id, (place) => loaded(id, place))

  /** The second half, as a command of its own. In vain: the other side is nobody, or can't be kept. */
  const hear = async (note: Note): Promise<'heard' | 'in-vain' | 'later'> => {
    if (isClosing) return 'later'
    const who = (await look(note.to)) ? stored(note.to) : deps.present(note.to)
    if (!who) return 'in-vain'
    const outcome = await inTurn(who, { type: 'hear', note })
    if (!('code' in outcome)) return 'heard'
    return outcome.code === 'server-error' ? 'later' : 'in-vain'
  }

  /** Tells others what they have to hear of this person, in order, until nothing is owed. */
  const settleOwed = async (id: PersonId, retryMs = RETRY_MS): Promise<void> => {
    if (isClosing) return
    if (settling.has(id)) return void askedAgain.add(id)
    settling.add(id)
    const isDone = await settleAll(id).catch(() => false)
    settling.delete(id)
    if (!isDone && !isClosing) {
      deps.metrics.toldLate()
      timers.after(retryMs, () => void settleOwed(id, Math.min(2 * retryMs, LONGEST_RETRY_MS)))
    } else if (askedAgain.delete(id)) void settleOwed(id)
  }

  const settleAll = async (id: PersonId): Promise<boolean> => {
    for (let note = await firstOwed(id); note; note = await firstOwed(id)) {
      const heard = await hear(note)
      if (heard === 'later') return false
      const { epoch, rev, to } = note
      const isVain = heard === 'in-vain'
      const settled = await inTurn(stored(id), {
        type: 'settle',
        note: { epoch, rev, to },
        ...(isVain && { inVain: true }),
      })
      if ('code' in settled) return false
    }
    return true
  }

  const firstOwed = async (id: PersonId): Promise<Note | undefined> => (await look(id))?.serverOnly.owed[0]

  /** Makes room: whoever was not here for long is forgotten. */
  const sweep = async (): Promise<void> => {
    if (clock.nowMs() - sweptAtMs < SWEEP_EVERY_MS) return
    sweptAtMs = clock.nowMs()
    for (const id of await store.untouchedSince(clock.nowMs() - FORGET_AFTER_MS)) {
      if (!deps.present(id)) await inTurn(stored(id), { type: 'delete-person' })
    }
  }

  return {
    listen: (told) => void listeners.push(told),
    async begin() {
      for (const id of await store.owing()) void settleOwed(id)
      await sweep()
    },
    open: (who, show) =>
      turns.take(who.id, async (place) => {
        const person = await loaded(who.id, place)
        if (person) await store.touch(who.id, clock.nowMs())
        show(ownPart(person ?? unbornPerson(who)))
      }),
    async command(who, command, facts) {
      if (turns.inLine(who.id) >= deps.maxInLine) return refuse('too-fast')
      return inTurn(who, command, facts)
    },
    async knowFriends(who, friends) {
      await inTurn(who, { type: 'know-friends', friends })
    },
    async notePlayed(who, played) {
      await inTurn(who, { type: 'note-played', played })
    },
    look,
    byNumber: (number) => store.byNumber(number),
    count: () => store.count(),
    async close() {
      isClosing = true
      await turns.close()
    },
  }
}
