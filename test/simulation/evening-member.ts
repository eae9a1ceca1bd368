/**
 * One person of a simulated evening: a real client on a path and a clock of its own, a real drive on a simulated player, and
 * between them what the background does. What the person does, and what was said in their name, is counted.
 */
import { followIn } from '../../src/background/follow'
import { createOwnSuspension, suspensionIn } from '../../src/background/own-suspension'
import type { PlaybackCommand } from '../../src/core/room/command'
import { mayControl } from '../../src/core/room/permissions'
import type { MemberId } from '../../src/core/room/room'
import type { Follow } from '../../src/messages/background-to-content'
import type { ContentToBackground } from '../../src/messages/content-to-background'
import { aClient } from '../client/a-client'
import { createNetwork, type Network } from '../doubles/channel'
import type { ManualClock } from '../doubles/manual-clock'
import type { SeededRandom } from '../doubles/seeded-random'
import { createDrivenPlayer, type DrivenPlayer } from './driven-player'
import type { PlantKind } from './plant'

export const FILM_SEC = 7_200

/** What was said in a person's name, and what came of it. */
export type Said = { readonly command: PlaybackCommand; answer: string | undefined }

export type EveningMember = ReturnType<typeof createEveningMember>

export type Person = {
  readonly name: string
  readonly kind: PlantKind
  readonly upMs: number
  readonly downMs: number
  readonly jitterMs: number
  readonly clockAheadMs: number
  readonly clockPpm: number
  readonly outputPpm: number
}

const TIMERS_LATE_MS = 2

export function createEveningMember(person: Person, time: ManualClock, random: SeededRandom) {
  const clock = time.skewed(person.clockAheadMs, person.clockPpm)
  const network: Network = createNetwork(time, {
    upMs: () => person.upMs + random.between(0, person.jitterMs),
    downMs: () => person.downMs + random.between(0, person.jitterMs),
  })
  const said: Said[] = []
  const waitedFor = new Set<MemberId>()
  const seeksAtMs: number[] = []
  let player: DrivenPlayer | undefined
  let told = ''
  let playsSinceMs: number | undefined

  const it = aClient({
    openSocket: network.openSocket,
    clock,
    timers: time,
    float: () => random.float(),
    onChange(state) {
      if (state.kind === 'in-room') for (const id of state.room.waiting?.for ?? []) waitedFor.add(id)
      suspension.roomChanged()
      tellPlayer()
    },
    onClock: () => tellPlayer(),
  })
  const { client } = it
  const suspension = createOwnSuspension(
    () => client.state(),
    (command) => client.command(command),
  )

  function tellPlayer(): void {
    const follow = followIn(client.state(), client.clock(), mayControl, 0)
    const spelled = JSON.stringify(follow)
    if (!follow || spelled === told) return
    told = spelled
    // Over a port, and never back into whoever is speaking.
    time.at(time.nowMs(), () => {
      if (player) player.tell({ kind: 'follow', follow })
      else player = drivenFrom(follow)
    })
  }

  function drivenFrom(follow: Follow): DrivenPlayer {
    return createDrivenPlayer({
      kind: person.kind,
      moments: time,
      chance: random,
      ownMs: () => clock.nowMs(),
      follow,
      film: { durationSec: FILM_SEC, driftPpm: person.outputPpm },
      timersLateMs: TIMERS_LATE_MS,
      onSay: (message) => time.at(time.nowMs(), () => hear(message)),
      onDo(effect) {
        if (effect.kind === 'seek') seeksAtMs.push(time.nowMs())
        if (effect.kind === 'play') playsSinceMs ??= time.nowMs()
      },
    })
  }

  function hear(message: ContentToBackground): void {
    switch (message.type) {
      case 'person-did':
        void askForPerson(message.command)
        return
      case 'suspended':
        suspension.said(message.reason)
        return
      case 'resumed':
        suspension.said(undefined)
        return
      case 'report':
        client.report(message.report)
        suspension.said(suspensionIn(message.report))
        return
      case 'page':
      case 'clock-ping':
      case 'learned':
      case 'heard-on':
      case 'ended':
        return
    }
  }

  async function askForPerson(command: PlaybackCommand): Promise<void> {
    const asked: Said = { command, answer: undefined }
    said.push(asked)
    const refusal = await client.command(command)
    asked.answer = refusal?.code ?? 'done'
    time.at(time.nowMs(), () => player?.tell({ kind: 'answered' }))
  }

  return {
    ...it,
    name: person.name,
    person,
    network,
    said,
    /** For whom this copy ever said that the room waits. */
    waitedFor,
    id: (): MemberId => it.seat().memberId,
    player(): DrivenPlayer {
      if (!player) throw new Error(`${person.name} has no player yet`)
      return player
    },
    /** When our side first started the player. */
    playsSinceMs: () => playsSinceMs ?? Number.NEGATIVE_INFINITY,
    isDriven: () => player !== undefined,
    seeksSince: (atMs: number) => seeksAtMs.filter((seekMs) => seekMs >= atMs).length,
    leave(): void {
      client.leave()
      player?.letGo()
    },
  }
}
