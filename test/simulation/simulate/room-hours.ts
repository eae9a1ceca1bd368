/**
 * Some hours in the life of one simulated room, all from one seed: who is in it and behind what, what they do, what goes wrong.
 * Gives figures, a score to find the worst rooms by, and, for who asks, the story.
 */
import { createFollowedPlayer } from '../followed-player'
import { CHROMIUM_PLANT, FIREFOX_PLANT } from '../plant'
import { type Chance, createChance, createWorld } from '../plant-world'
import { addGroup, createGroup, type Figures, groupOf } from './figures'
import { createHands, FILM_SEC } from './hands'
import { type Connection, connectionOf, ROOM_NETWORKS, type RoomNetwork, unseenMs } from './networks'
import { createSharedRoom } from './shared-room'
import { befall, nextTrouble } from './troubles'
import { createWatch, type RoomScore, seconds, type Watched } from './watch'

const SEC = 1_000
const MIN = 60 * SEC
const HOUR = 60 * MIN

const NAMES = ['Ada', 'Ben', 'Cleo', 'Dan'] as const
const BEGINS_MS = 4 * SEC
const FIREFOX_SHARE = 0.4
const CLOCK_MS = 1e6
const CLOCK_PPM = 50
const SOUND_PPM = 100
/** 17 of 54 cold starts of Chromium: two small, ten usual, three bad. */
const WANDERS = { share: 17 / 54, sizes: [4, 4, 12, 12, 18, 18, 25, 25, 60, 100] } as const
/** Nothing more goes wrong with somebody for so long. */
const REST_MS = 10 * SEC

export type StoryLine = { readonly atMs: number; readonly text: string }
export type RoomHours = {
  readonly seed: number
  readonly network: RoomNetwork
  readonly people: number
  readonly score: RoomScore
  readonly story: readonly StoryLine[]
}

export function liveRoomHours(seed: number, hours: number, figures: Figures, wantsStory = false): RoomHours {
  const world = createWorld()
  const chance = createChance(seed)
  const endMs = hours * HOUR
  const network = ROOM_NETWORKS[seed % ROOM_NETWORKS.length] ?? 'mixed'
  const story: StoryLine[] = []
  const tell = (text: string): void => {
    if (wantsStory) story.push({ atMs: world.nowMs(), text })
  }
  const group = createGroup()
  const room = createSharedRoom(world, (timeline) => {
    const line = timeline.next ?? timeline.current
    watch.timelineChanged(line.atMs)
    if (room.isWaiting()) tell('the room waits')
  })
  const watch = createWatch(world, room, figures, group, tell)
  const since = new Map<Watched, number>()

  const enter = (name: string): Watched => {
    const { each, connection } = createPerson(name)
    watch.watched.push(each)
    since.set(each, world.nowMs())
    room.enter(name, each.player)
    troubleLater(each, connection)
    return each
  }
  const createPerson = (name: string): { readonly each: Watched; readonly connection: Connection } => {
    const connection = connectionOf(network, chance)
    const kind = chance.float() < FIREFOX_SHARE ? FIREFOX_PLANT : CHROMIUM_PLANT
    const wanderMs = kind === CHROMIUM_PLANT ? wanderOf(chance) : 0
    const clockMs = chance.between(-CLOCK_MS, CLOCK_MS)
    const clockPpm = chance.between(-CLOCK_PPM, CLOCK_PPM)
    const driftPpm = chance.between(-SOUND_PPM, SOUND_PPM)
    const player = createFollowedPlayer(
      world,
      chance,
      { kind, up: connection.up, down: connection.down, clockMs, clockPpm, driftPpm, wanderMs, durationSec: FILM_SEC },
      (effect) => {
        if (effect.kind === 'suspended') room.says(name, { type: 'suspend', reason: effect.reason })
        else if (effect.kind === 'resumed') room.says(name, { type: 'resume' })
        else if (effect.kind === 'seek') watch.sought(name)
        if (wantsStory && effect.kind !== 'set-rate' && effect.kind !== 'set-preserves-pitch') {
          tell(`  ${name}: ${effect.kind}${effect.kind === 'seek' ? ` to ${effect.positionSec.toFixed(1)} s` : ''}`)
        }
      },
    )
    const { up, down } = connection
    tell(
      `${name} comes: ${kind.name} on ${connection.network}, ${up.baseMs.toFixed(0)} ms up, ${down.baseMs.toFixed(0)} ms down, clock ${clockPpm.toFixed(0)} ppm, sound ${driftPpm.toFixed(0)} ppm${wanderMs > 0 ? `, wanders by ${wanderMs} ms` : ''}`,
    )
    const each = { name, kind: kind.name, player, unseenMs: unseenMs(connection), troubleUntilMs: world.nowMs() }
    return { each, connection }
  }
  const troubleLater = (each: Watched, connection: Connection): void => {
    const fate = nextTrouble(chance, connection.troubleTimes)
    world.at(world.nowMs() + REST_MS + fate.inMs, () => {
      if (!watch.watched.includes(each)) return
      const lastsMs = befall(world, chance, room, each, fate)
      each.troubleUntilMs = world.nowMs() + lastsMs
      tell(`${each.name}: ${fate.trouble.name}${lastsMs > 0 ? ` for ${seconds(lastsMs)}` : ''}`)
      if (room.line().playing) watch.disturbed(fate.trouble.name, each.troubleUntilMs)
      world.at(each.troubleUntilMs, () => troubleLater(each, connection))
    })
  }
  const leave = (each: Watched): void => {
    room.leave(each.name)
    each.player.leave()
    watch.left(each, since.get(each) ?? 0)
    since.delete(each)
    tell(`${each.name} leaves`)
  }

  const people = howMany(chance)
  const names = NAMES.slice(0, people)
  const late = people > 2 && chance.float() < 0.6 ? names.at(-1) : undefined
  const hands = createHands(
    world,
    chance,
    room,
    () => watch.watched,
    (what) => watch.acted(what),
    tell,
  )
  for (const name of names) if (name !== late) world.at(chance.between(0, 2 * SEC), () => enter(name))
  world.at(BEGINS_MS, () => {
    const [first] = watch.watched
    if (first) hands.begin(first)
  })
  if (late !== undefined) {
    world.at(endMs * chance.between(0.1, 0.5), () => {
      const each = enter(late)
      if (room.line().playing) watch.disturbed('late join', each.troubleUntilMs)
      world.at(endMs * chance.between(0.6, 0.9), () => leave(each))
    })
  }
  watch.begin()
  world.runUntil(endMs)
  for (const [each, sinceMs] of since) watch.left(each, sinceMs)
  addGroup(groupOf(figures, network), group)
  return { seed, network, people, score: watch.score, story }
}

function howMany(chance: Chance): number {
  const dice = chance.float()
  return dice < 0.6 ? 2 : dice < 0.85 ? 3 : 4
}

function wanderOf(chance: Chance): number {
  if (chance.float() >= WANDERS.share) return 0
  return WANDERS.sizes[Math.floor(chance.float() * WANDERS.sizes.length)] ?? 0
}
