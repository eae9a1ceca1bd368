/**
 * The room server put together: every part is made here and handed to who needs it, and here it starts and stops.
 * Takes settings and a log; knows neither arguments nor signals, so that tests can run many in one process.
 */
import { accessSync, constants, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { serverDialects } from '../dialects/index'
import { systemClock } from '../platform/clock'
import { systemRandom } from '../platform/random'
import { systemTimers } from '../platform/timers'
import { createAccounts } from './accounts'
import { createDirectory } from './directory'
import { createDoor } from './door'
import { openElsewhere } from './elsewhere'
import { lockFolder } from './folder-lock'
import { createHttpPages } from './http-pages'
import { createHttpServer } from './http-server'
import { createIdentities, loadSecret } from './identity'
import { createInvites } from './invites'
import {
  createGuesses,
  createMayAsk,
  createMayBegin,
  createMayEnter,
  createMayKeep,
  createMaySignIn,
  createMaySignUp,
  createPasswordTries,
  LIMITS,
  type Limits,
} from './limits'
import { boundLog, type Log } from './log'
import { createMetrics, type Metrics } from './metrics'
import { createPasswords } from './passwords'
import { createPersonIds } from './person-ids'
import { createPersons } from './persons'
import { keepPlayHistory } from './play-history'
import { createQuestions } from './questions'
import { createRooms } from './rooms'
import { createSessions } from './sessions'
import type { Settings } from './settings'
import { openLmdbAccountStore } from './store/lmdb-account-store'
import { openLmdbPersonStore } from './store/lmdb-person-store'
import { openLmdbStore } from './store/lmdb-store'
import { supplyBooths } from './supply'
import { createWireTokens } from './wire-tokens'

export type RunningServer = {
  /** Where it listens. */
  readonly url: string
  readonly metrics: Metrics
  /** Tells everybody to come back, writes down what is to be kept, and stops. */
  stop(): Promise<void>
}

/** Enough for a restart; clients add chance of their own. */
const COME_BACK_IN_MS = 2_000

export async function startServer(settings: Settings, lines: Log, limits: Limits = LIMITS): Promise<RunningServer> {
  const elsewhere = settings.auth && (await openElsewhere(settings.auth, systemClock))
  mkdirSync(settings.dataDir, { recursive: true, mode: 0o700 })
  accessSync(settings.dataDir, constants.W_OK)
  const unlock = await lockFolder(settings.dataDir)
  const [clock, timers, random, metrics] = [systemClock, systemTimers, systemRandom, createMetrics()]
  const log = boundLog(lines, clock)
  const secret = loadSecret(join(settings.dataDir, 'identity.key'))
  const store = openLmdbStore({ folder: join(settings.dataDir, 'rooms'), newEpoch: () => random.uuid() })
  const [directory, invites, passwords] = [createDirectory(clock), createInvites({ secret, clock }), createPasswords()]
  const guests = settings.auth?.guests ?? true
  const dialects = serverDialects(settings.wires)
  const checks = createDoor({
    passwords,
    invites,
    secret,
    tries: createPasswordTries(limits),
    guests,
  })
  const idsOf = createPersonIds(secret)
  const rooms = createRooms({
    numberOf: (identity) => idsOf(identity).number,
    store,
    directory,
    hashPassword: (password) => passwords.hash(password),
    checks,
    clock,
    timers,
    random,
    log,
    metrics,
    maxRooms: limits.rooms,
    maxPermanent: limits.permanentRooms,
    maxRoomsFrom: limits.roomsPerAddress,
    maxRoomsOn: (name) => dialects.find((dialect) => dialect.name === name)?.maxRooms ?? limits.rooms,
    maxInLine: limits.turnsInLine,
    keepsSeat: (name) => dialects.find((dialect) => dialect.name === name)?.keepsSeat ?? false,
  })
  const guesses = createGuesses(limits)
  const peopleStore = openLmdbPersonStore(join(settings.dataDir, 'people'))
  const persons = createPersons({
    store: peopleStore,
    clock,
    timers,
    random,
    log,
    metrics,
    maxPeople: limits.people,
    maxInLine: limits.turnsForPerson,
    mayBegin: createMayBegin(limits),
    present: (id) => sessions.people.present(id),
  })
  const accountStore = openLmdbAccountStore(join(settings.dataDir, 'accounts'))
  const sessions = createSessions({
    rooms,
    persons,
    idsOf,
    clock,
    timers,
    log,
    metrics,
    dialects,
    directory,
    identities: createIdentities({ secret, clock, random, ...(elsewhere ? { elsewhere } : {}) }),
    ...(settings.wireTokens && { wireTokens: createWireTokens({ settings: settings.wireTokens, clock }) }),
    accounts: createAccounts({
      store: accountStore,
      passwords,
      clock,
      random,
      tries: createPasswordTries(limits),
      maySignUp: createMaySignUp(limits),
      maySignIn: createMaySignIn(limits),
      maxAccounts: limits.accounts,
      isOpen: guests,
    }),
    questions: createQuestions({ store, clock, directory, invites, look: (roomId) => rooms.look(roomId) }),
    mayEnter: createMayEnter(limits),
    mayAsk: createMayAsk(limits, clock),
    mayKeep: createMayKeep(limits),
    guesses,
    guests,
    socketsPerAddress: limits.socketsPerAddress,
  })
  keepPlayHistory({ rooms, persons, idsOf, log })
  supplyBooths({ rooms, persons, idsOf, log, seatOf: (id) => sessions.people.seatOf(id) })
  metrics.watch({
    people: () => persons.count(),
    peopleHere: () => sessions.people.here(),
    rooms: () => rooms.count(),
    listedRooms: () => directory.count(),
    members: () => sessions.members(),
    sockets: () => sessions.sockets(),
  })

  let url = ''
  const pages = createHttpPages({
    publicUrl: () => settings.publicUrl ?? url,
    spoken: dialects,
    codeOf: async (text) => (await rooms.find(text))?.public.code,
    async inviteCounts(code, invite) {
      const room = await rooms.find(code)
      return room !== undefined && (await checks.invitedTo(room, invite)) !== undefined
    },
    roomCount: () => rooms.count(),
    probe: () => store.probe(),
    guesses,
    clock,
    metrics,
    log,
  })
  const http = createHttpServer({ dialects, sessions, pages, limits, log })

  try {
    await rooms.bringBack()
    await persons.begin()
    const port = await http.listen(settings.host, settings.port)
    url = `http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${port}`
  } catch (error) {
    await rooms.close()
    await persons.close()
    await store.close()
    await peopleStore.close()
    await accountStore.close()
    await unlock()
    throw error
  }
  log.info({ url, rooms: rooms.count() }, 'listening')

  return {
    url,
    metrics,
    async stop() {
      log.info({ sockets: sessions.sockets() }, 'closing: members are told to come back')
      sessions.close(COME_BACK_IN_MS)
      await http.close()
      await rooms.close()
      await persons.close()
      await store.close()
      await peopleStore.close()
      await accountStore.close()
      await unlock()
      log.info({}, 'closed, everything is written')
    },
  }
}
