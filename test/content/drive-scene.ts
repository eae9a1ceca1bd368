/**
 * A page with one simulated player that is driven, a person at it, and a background that answers as the room would.
 * The drive, intent and follower are the real ones; the player is the simulation's model of a browser's.
 */

import type { PlayerEffect } from '../../src/core/player'
import type { PlaybackCommand } from '../../src/core/room/command'
import { type Line, latestLine, lineAt, positionAt } from '../../src/core/timeline'
import type { Follow } from '../../src/messages/background-to-content'
import type { ContentToBackground } from '../../src/messages/content-to-background'
import { aRoom } from '../core/room/a-room'
import { createDrivenPlayer } from '../simulation/driven-player'
import { CHROMIUM_PLANT, type PlantKind } from '../simulation/plant'
import { createChance, createWorld } from '../simulation/plant-world'

const PERSON = 'Ada'
const OTHER = 'Ben'
/** The slowest path in the room. */
const PATH_MS = 200
const ANSWER_AFTER_MS = 60
/** Own clock minus server time. */
const CLOCK_MS = -123_456

export type DriveSceneOptions = {
  readonly seed?: number
  readonly kind?: PlantKind
  readonly line?: Partial<Omit<Line, 'atMs'>>
  readonly mayControl?: boolean
  readonly nudgeMs?: number
  /** How well server time is known at first. */
  readonly clockSamples?: number
}

export function createDriveScene(options: DriveSceneOptions = {}) {
  const world = createWorld()
  const chance = createChance(options.seed ?? 1)
  const kind = options.kind ?? CHROMIUM_PLANT
  const said: ContentToBackground[] = []
  const did: PlayerEffect[] = []
  let answers = true
  let mayControl = options.mayControl ?? true
  let nudgeMs = options.nudgeMs ?? 0
  const room = aRoom({ positionSec: 50, playing: true, ...options.line })
  room.pathsMs = [PATH_MS]
  room.joins(PERSON)
  room.joins(OTHER)
  const startedMs = room.nowMs
  const serverMs = (): number => startedMs + world.nowMs()
  const roomSec = (): number => positionAt(lineAt(room.room().timeline, serverMs()), serverMs())

  const follow = (): Follow => ({
    type: 'follow',
    timeline: room.room().timeline,
    offsetMs: -CLOCK_MS,
    uncertaintyMs: 1,
    clockSamples: options.clockSamples ?? 10,
    mayControl,
    nudgeMs,
  })

  const player = createDrivenPlayer({
    kind,
    moments: world,
    chance,
    ownMs: () => serverMs() + CLOCK_MS,
    follow: follow(),
    onSay: hear,
    onDo: (effect) => did.push(effect),
  })
  const { plant, tell } = player

  function hear(message: ContentToBackground): void {
    said.push(message)
    if (message.type !== 'person-did' || !answers) return
    const { command } = message
    world.at(world.nowMs() + ANSWER_AFTER_MS, () => ask(PERSON, command))
  }

  function ask(who: string, command: PlaybackCommand): void {
    room.nowMs = serverMs()
    room.asks(who, command)
    tell({ kind: 'follow', follow: follow() })
  }

  return {
    facts: player.facts,
    shown: player.shown,
    said,
    did,
    tell,
    plant,
    /** Somebody else moves the room. */
    room: ({ playing, positionSec, rate }: Partial<Line>) => {
      if (playing !== undefined) ask(OTHER, { type: playing ? 'play' : 'pause', positionSec: roomSec() })
      if (positionSec !== undefined) ask(OTHER, { type: 'seek', positionSec })
      if (rate !== undefined) ask(OTHER, { type: 'set-rate', rate })
    },
    /** Something of a `follow` changes, but not the timeline. */
    setMayControl(to: boolean) {
      mayControl = to
      tell({ kind: 'follow', follow: follow() })
    },
    nudge(to: number) {
      nudgeMs = to
      tell({ kind: 'follow', follow: follow() })
    },
    stopAnswering() {
      answers = false
    },
    /** What hands of others do to the player. */
    touch: (...effects: readonly PlayerEffect[]) => effects.forEach(player.touch),
    wait: (ms: number) => world.runUntil(world.nowMs() + ms),
    personDid: () => said.flatMap((message) => (message.type === 'person-did' ? [message.command] : [])),
    ofType: <T extends ContentToBackground['type']>(type: T) =>
      said.filter((message): message is Extract<ContentToBackground, { type: T }> => message.type === type),
    latest: () => latestLine(room.room().timeline),
    /** What is true: player minus room, ms. */
    skewMs: () => (plant.truth().positionSec - roomSec()) * 1000,
    isPlaying: () => plant.truth().playing,
  }
}
