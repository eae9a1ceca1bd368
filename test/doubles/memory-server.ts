/**
 * The room server without Node around it: the real rooms and sessions on a manual clock and a disk in memory.
 * What is left out is what `http-server.ts` and lmdb do. Stopping and crashing leave the disk for the next one.
 */

import type { HttpRequest, HttpResponse } from '../../src/dialects/dialect'
import { serverDialects } from '../../src/dialects/index'
import type { ServerDialect } from '../../src/dialects/server-dialect'
import type { Random } from '../../src/platform/random'
import { createAccounts } from '../../src/server/accounts'
import { createDirectory } from '../../src/server/directory'
import { createDoor } from '../../src/server/door'
import type { Identities } from '../../src/server/identity'

import type { Guesses, MayAsk, MayEnter, MayKeep, PasswordTries } from '../../src/server/limits'
import type { Log, LogFields } from '../../src/server/log'
import { createMetrics, type Metrics } from '../../src/server/metrics'
import type { Passwords } from '../../src/server/passwords'
import { createPersonIds } from '../../src/server/person-ids'
import { createPersons, type Persons } from '../../src/server/persons'
import { keepPlayHistory } from '../../src/server/play-history'
import { createQuestions } from '../../src/server/questions'
import { createRooms, type Rooms } from '../../src/server/rooms'
import { createSessions, type Sessions } from '../../src/server/sessions'
import type { PersonStore } from '../../src/server/store/person-store'
import type { Store } from '../../src/server/store/store'
import { supplyBooths } from '../../src/server/supply'
import type { WireTokenSettings } from '../../src/server/wire-settings'
import { createWireTokens } from '../../src/server/wire-tokens'
import type { Accept } from './channel'
import type { ManualClock } from './manual-clock'
import { type MemoryAccountsDisk, openMemoryAccountStore } from './memory-account-store'
import { createMemoryPeopleDisk, type MemoryPeopleDisk, openMemoryPersonStore } from './memory-person-store'
import { type MemoryDisk, openMemoryStore } from './memory-store'
import { createPlainInvites } from './plain-invites'
import { plainPasswords } from './plain-passwords'

export type LogLine = { readonly level: keyof Log; readonly fields: LogFields; readonly sentence: string }

export type MemoryServer = {
  readonly rooms: Rooms
  readonly sessions: Sessions
  readonly persons: Persons
  readonly store: Store
  readonly metrics: Metrics
  readonly lines: readonly LogLine[]
  /** For `network.listen`. */
  accept(...socket: [...Parameters<Accept>, headers?: Readonly<Record<string, string>>]): ReturnType<Accept>
  /** A plain request to the wire whose prefix it has. */
  request(request: HttpRequest, address?: string): Promise<HttpResponse>
  stop(comeBackInMs?: number): Promise<void>
}

export type MemoryServerWishes = {
  readonly clock: ManualClock
  readonly random: Random
  readonly disk: MemoryDisk
  /** Outlives a restart, like the key in the data folder. */
  readonly identities: Identities
  /** A socket comes in for the one whose path it asks for, else for the first of them. */
  readonly dialects?: readonly ServerDialect<unknown>[]
  readonly mayEnter?: MayEnter
  readonly mayAsk?: MayAsk
  readonly mayKeep?: MayKeep
  readonly guesses?: Guesses
  readonly passwords?: Passwords
  readonly tries?: PasswordTries
  /** May people come in for whom nobody vouches? They may. */
  readonly guests?: boolean
  /** With what tokens of other wires are signed; nobody needs one without it. */
  readonly wireTokens?: WireTokenSettings
  readonly maxRooms?: number
  readonly maxPermanent?: number
  readonly maxRoomsFrom?: number
  readonly maxInLine?: number
  readonly socketsPerAddress?: number
  /** In front of the store, for tests in which it fails. */
  readonly around?: (store: Store) => Store
  /** Where accounts are kept; a new one each time without it. */
  readonly accounts?: MemoryAccountsDisk
  /** Where people are kept; a new one each time without it. */
  readonly people?: MemoryPeopleDisk
  readonly aroundPeople?: (store: PersonStore) => PersonStore
  readonly maxPeople?: number
  readonly mayBegin?: MayKeep
}

/** Who speaks at this path: its own, or one that takes one more part. */
function speakerAt<Wire extends Pick<ServerDialect<unknown>, 'paths'>>(
  wires: readonly Wire[],
  asked: string,
): Wire | undefined {
  const open = asked.replace(/\/[^/]*\/?$/, '/*')
  return wires.find(({ paths }) => paths.includes(asked)) ?? wires.find(({ paths }) => paths.includes(open)) ?? wires[0]
}

const SECRET = new Uint8Array(32).fill(5)

export async function startMemoryServer(wishes: MemoryServerWishes): Promise<MemoryServer> {
  const { clock, random, disk, around = (store) => store } = wishes
  const lines: LogLine[] = []
  const line =
    (level: keyof Log) =>
    (fields: LogFields, sentence: string): void =>
      void lines.push({ level, fields, sentence })
  const log: Log = { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') }
  const metrics = createMetrics()
  const store = around(openMemoryStore(disk, () => random.uuid()))
  const dialects = wishes.dialects ?? serverDialects()
  const shared = { clock, timers: clock, log, metrics }
  const [directory, invites, passwords] = [
    createDirectory(clock),
    createPlainInvites(clock),
    wishes.passwords ?? plainPasswords,
  ]
  const { guests = true } = wishes
  const idsOf = createPersonIds(SECRET)
  const rooms = createRooms({
    numberOf: (identity) => idsOf(identity).number,
    ...shared,
    store,
    random,
    directory,
    hashPassword: (password) => passwords.hash(password),
    checks: createDoor({
      passwords,
      invites,
      secret: SECRET,
      tries: wishes.tries ?? { mayTry: async () => true, wasRight: async () => {} },
      guests,
    }),
    maxRooms: wishes.maxRooms ?? Number.POSITIVE_INFINITY,
    maxPermanent: wishes.maxPermanent ?? Number.POSITIVE_INFINITY,
    maxRoomsFrom: wishes.maxRoomsFrom ?? Number.POSITIVE_INFINITY,
    maxRoomsOn: (name) => dialects.find((dialect) => dialect.name === name)?.maxRooms ?? Number.POSITIVE_INFINITY,
    maxInLine: wishes.maxInLine ?? Number.POSITIVE_INFINITY,
    keepsSeat: (name) => dialects.find((dialect) => dialect.name === name)?.keepsSeat ?? true,
  })
  const { aroundPeople = (peopleStore: PersonStore) => peopleStore } = wishes
  const peopleStore = aroundPeople(openMemoryPersonStore(wishes.people ?? createMemoryPeopleDisk()))
  const persons = createPersons({
    ...shared,
    store: peopleStore,
    random,
    maxPeople: wishes.maxPeople ?? Number.POSITIVE_INFINITY,
    maxInLine: Number.POSITIVE_INFINITY,
    mayBegin: wishes.mayBegin ?? (async () => true),
    present: (id) => sessions.people.present(id),
  })
  const sessions = createSessions({
    ...shared,
    rooms,
    persons,
    idsOf,
    directory,
    identities: wishes.identities,
    ...(wishes.wireTokens && { wireTokens: createWireTokens({ settings: wishes.wireTokens, clock }) }),
    accounts: createAccounts({
      store: openMemoryAccountStore(wishes.accounts ?? new Map()),
      passwords,
      clock,
      random,
      tries: { mayTry: async () => true, wasRight: async () => {} },
      maySignUp: async () => true,
      maySignIn: async () => true,
      maxAccounts: Number.POSITIVE_INFINITY,
      isOpen: guests,
    }),
    dialects,
    questions: createQuestions({ store, clock, directory, invites, look: (roomId) => rooms.look(roomId) }),
    mayEnter: wishes.mayEnter ?? (async () => true),
    mayAsk: wishes.mayAsk ?? (() => true),
    mayKeep: wishes.mayKeep ?? (async () => true),
    guesses: wishes.guesses ?? { mayGuess: async () => true, wasRight: async () => {} },
    guests,
    socketsPerAddress: wishes.socketsPerAddress ?? Number.POSITIVE_INFINITY,
  })
  keepPlayHistory({ rooms, persons, idsOf, log })
  supplyBooths({ rooms, persons, idsOf, log, seatOf: (id) => sessions.people.seatOf(id) })
  await rooms.bringBack()
  await persons.begin()
  return {
    rooms,
    sessions,
    persons,
    store,
    metrics,
    lines,
    accept(url, end, headers = {}) {
      const { pathname, searchParams, hostname } = new URL(url)
      const opened = { path: pathname, query: Object.fromEntries(searchParams), headers, address: hostname }
      return sessions.attach(speakerAt(dialects, pathname)?.name ?? '', opened, end)
    },
    request: (request, address = 'here') => {
      const wire = dialects.find(({ requests }) => requests?.prefixes.some((prefix) => request.path.startsWith(prefix)))
      if (!wire) throw new Error(`No wire answers requests at ${request.path}.`)
      return sessions.request(wire.name, request, address)
    },
    async stop(comeBackInMs = 1_000) {
      sessions.close(comeBackInMs)
      await rooms.close()
      await persons.close()
      await store.close()
      await peopleStore.close()
    },
  }
}
