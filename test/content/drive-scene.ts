/**
 * A page with one simulated player that is driven, a person at it, and a background that answers as the room would.
 * The drive, intent and follower are the real ones; the player is the simulation's model of a browser's.
 */

import type { PlayerEffect } from '../../src/core/player'
import { type Line, latestLine, lineAt, positionAt, type Timeline } from '../../src/core/timeline'
import type { Follow } from '../../src/messages/background-to-content'
import type { ContentToBackground } from '../../src/messages/content-to-background'
import { createDrivenPlayer } from '../simulation/driven-player'
import { CHROMIUM_PLANT, type PlantKind } from '../simulation/plant'
import { createChance, createWorld } from '../simulation/plant-world'

const LEAD_MS = 400
const ANSWER_AFTER_MS = 60
/** Own clock minus server time. */
const CLOCK_MS = -123_456

export type DriveSceneOptions = {
  readonly seed?: number
  readonly kind?: PlantKind
  readonly line?: Partial<Line>
  readonly mayControl?: boolean
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
  let timeline: Timeline = { current: { positionSec: 50, rate: 1, playing: true, atMs: 0, ...options.line } }

  const follow = (): Follow => ({
    type: 'follow',
    timeline,
    offsetMs: -CLOCK_MS,
    uncertaintyMs: 1,
    clockSamples: options.clockSamples ?? 10,
    mayControl,
  })

  const player = createDrivenPlayer({
    kind,
    moments: world,
    chance,
    ownMs: () => world.nowMs() + CLOCK_MS,
    follow: follow(),
    onSay: hear,
    onDo: (effect) => did.push(effect),
  })
  const { plant, tell } = player

  function hear(message: ContentToBackground): void {
    said.push(message)
    if (message.type !== 'person-did' || !answers) return
    const { command } = message
    world.at(world.nowMs() + ANSWER_AFTER_MS, () => {
      const nowMs = world.nowMs()
      const current = lineAt(timeline, nowMs)
      const atMs = nowMs + LEAD_MS
      const next: Line =
        command.type === 'set-rate'
          ? { ...current, positionSec: positionAt(current, atMs), rate: command.rate, atMs }
          : {
              ...current,
              positionSec: command.positionSec,
              playing: command.type === 'seek' ? current.playing : command.type === 'play',
              atMs,
            }
      setTimeline({ current, next })
    })
  }

  function setTimeline(next: Timeline): void {
    timeline = next
    tell({ kind: 'follow', follow: follow() })
  }

  return {
    facts: player.facts,
    shown: player.shown,
    said,
    did,
    tell,
    plant,
    /** Somebody else moved the room. */
    room: (change: Partial<Line>) => {
      const current = lineAt(timeline, world.nowMs())
      const atMs = world.nowMs() + LEAD_MS
      setTimeline({ current, next: { ...current, positionSec: positionAt(current, atMs), ...change, atMs } })
    },
    /** Something of a `follow` changes, but not the timeline. */
    setMayControl(to: boolean) {
      mayControl = to
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
    latest: () => latestLine(timeline),
    /** What is true: player minus room, ms. */
    skewMs: () => (plant.truth().positionSec - positionAt(lineAt(timeline, world.nowMs()), world.nowMs())) * 1000,
    isPlaying: () => plant.truth().playing,
  }
}
