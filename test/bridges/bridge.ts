/**
 * Two people on two wires in one room: the first makes it and acts, the second comes in. After each step both are asked what they were told, and it is
 * held against the room itself. What a wire has no word for is not held against it; its reason is written down.
 */
import type { PublicRoom } from '../../src/core/room/room'
import { type Film, type Hand, type HandMaker, STEPS, type Step } from './hand'
import { type Aspect, isAlike, type Seen, seenOf } from './seen'
import { type BridgeWorld, startWorld } from './world'

/** `same`: whatever both wires can say of it, they say alike, and as it is in the room. `untold`: the second wire has no word for what it is about. */
export type Cell =
  | { readonly kind: 'same' }
  | { readonly kind: 'untold'; readonly why: string }
  | { readonly kind: 'unsaid'; readonly why: string }
  | { readonly kind: 'wrong'; readonly what: readonly string[] }

export type BridgeRow = {
  readonly from: string
  readonly to: string
  /** Whose ways the one who makes the room has. */
  readonly client: string
  readonly cells: Readonly<Record<Step, Cell>>
}

export const FILMS: readonly [Film, Film] = [
  { id: 'dQw4w9WgXcQ', title: 'First', lengthSec: 212 },
  { id: 'jNQXAC9IVRw', title: 'Second', lengthSec: 252 },
]

/** Longer than the slowest wire takes to say again what holds. */
const SETTLE_MS = 4_000

/** What each step may have changed. */
const SHOWS: Readonly<Record<Step, readonly Aspect[]>> = {
  join: ['people', 'names', 'leads'],
  play: ['playing', 'positionSec'],
  seek: ['playing', 'positionSec'],
  rate: ['rate', 'positionSec'],
  pause: ['playing', 'positionSec'],
  'next in queue': ['media', 'queue'],
  chat: ['lines'],
  leave: ['people', 'names'],
  'host leaves': ['people', 'names', 'leads'],
}

/** What each is about. */
const ABOUT: Readonly<Record<Step, Aspect>> = {
  join: 'people',
  play: 'playing',
  seek: 'positionSec',
  rate: 'rate',
  pause: 'playing',
  'next in queue': 'media',
  chat: 'lines',
  leave: 'people',
  'host leaves': 'leads',
}

export async function bridge(makeFirst: HandMaker, makeSecond: HandMaker): Promise<BridgeRow> {
  const world = await startWorld()
  const { server, clock } = world
  const shared = { server: 'http://here', time: clock, dial: world.dial, ask: world.ask }
  const first = makeFirst({ ...shared, name: 'Ada' })
  let second = makeSecond({ ...shared, name: 'Grace' })
  const cells: Partial<Record<Step, Cell>> = {}
  const failed: string[] = []
  /** Nothing waits for an answer while the clock stands. */
  const does = async (act: () => Promise<void> | void): Promise<void> => {
    const acted = (async () => act())().catch((error: unknown) => void failed.push(String(error)))
    await clock.advance(SETTLE_MS)
    await acted
  }
  try {
    await does(() => first.make())
    const room = await onlyRoom(world)
    const roomNow = async (): Promise<PublicRoom | undefined> => (await server.rooms.look(room.id))?.public

    const step = async (name: Step, act: () => Promise<void> | void): Promise<void> => {
      const why = first.cannot[name]
      if (why !== undefined) {
        cells[name] = { kind: 'unsaid', why: `${first.dialect}: ${why}` }
        return
      }
      await does(act)
      const now = await roomNow()
      const what = [
        ...compare(first, truthOf(now, clock.nowMs(), 'Ada'), name),
        ...compare(second, truthOf(now, clock.nowMs(), 'Grace'), name),
      ]
      const untold = second.blind[ABOUT[name]]
      if (what.length > 0) cells[name] = { kind: 'wrong', what }
      else if (untold === undefined) cells[name] = { kind: 'same' }
      else cells[name] = { kind: 'untold', why: `${second.dialect}: ${untold}` }
    }

    await step('join', () => second.enter(room.code))
    await does(() => first.queueUp(FILMS))
    await step('play', () => first.play())
    await step('seek', () => first.seek(60))
    await step('rate', () => first.setRate(1.5))
    await does(() => first.setRate(1))
    await step('pause', () => first.pause())
    await step('next in queue', () => first.next())
    await step('chat', () => first.say('Hello <from> the first'))
    await step('leave', () => second.leave())
    second.stop()
    const back = makeSecond({ ...shared, name: 'Grace' })
    second = back
    await does(() => back.enter(room.code))
    await step('host leaves', () => first.leave())
    cells['host leaves'] = withHostGone(cells['host leaves'], second, await roomNow())
    const stumbles = [...first.stumbles(), ...second.stumbles(), ...errorsOf(world), ...failed]
    if (stumbles.length > 0) cells.join = { kind: 'wrong', what: stumbles }
    return { from: first.dialect, to: second.dialect, client: first.client, cells: complete(cells) }
  } finally {
    first.stop()
    second.stop()
    await world.stop()
  }
}

async function onlyRoom({ server }: BridgeWorld): Promise<PublicRoom> {
  for (const id of await server.store.ids()) {
    const room = (await server.rooms.look(id))?.public
    if (room && room.members.length > 0) return room
  }
  throw new Error('The first one is in no room.')
}

/** The room itself, as somebody of this name should see it. */
function truthOf(room: PublicRoom | undefined, nowMs: number, wished: string): Seen {
  if (!room || room.closed) return { isIn: false }
  const self = wished === 'Ada' ? room.members[0] : room.members.at(-1)
  return seenOf(room, self?.id, nowMs)
}

function compare(hand: Hand, truth: Seen, step: Step): string[] {
  const seen = hand.sees()
  // Who has left, or whose room is closed, is told nothing any more.
  if (!seen.isIn) return step === 'leave' || step === 'host leaves' ? [] : [`${hand.dialect}: is not in the room`]
  return SHOWS[step].flatMap((aspect) => {
    if (hand.blind[aspect] !== undefined) return []
    if (aspect === 'positionSec' && hand.standing !== undefined && !(truth.playing && truth.media)) return []
    if (isAlike(aspect, seen, truth, boundOf(hand, truth))) return []
    return [
      `${hand.dialect}: ${aspect} is ${JSON.stringify(seen[aspect])}, in the room ${JSON.stringify(truth[aspect])}`,
    ]
  })
}

function boundOf({ within }: Hand, { rate }: Seen): number {
  return rate === 1 ? within.sec : (within.atOtherRateSec ?? within.sec)
}

/** The one who stays leads, or stands outside a room that closed. */
function withHostGone(cell: Cell | undefined, second: Hand, room: PublicRoom | undefined): Cell {
  if (!cell || cell.kind === 'wrong') return cell ?? { kind: 'wrong', what: ['nothing was looked at'] }
  const isOpen = room !== undefined && !room.closed
  if (isOpen && room.members.at(-1)?.role !== 'host') return { kind: 'wrong', what: ['nobody leads the room'] }
  const isIn = second.sees().isIn
  return isIn === isOpen
    ? cell
    : { kind: 'wrong', what: [`${second.dialect}: in the room ${isIn}, and the room is ${isOpen ? 'open' : 'closed'}`] }
}

function errorsOf({ server }: BridgeWorld): string[] {
  return server.lines.filter(({ level }) => level === 'error').map((line) => JSON.stringify(line))
}

function complete(cells: Partial<Record<Step, Cell>>): Record<Step, Cell> {
  const missing: Cell = { kind: 'wrong', what: ['it did not come to that'] }
  return Object.fromEntries(STEPS.map((step) => [step, cells[step] ?? missing])) as Record<Step, Cell>
}
