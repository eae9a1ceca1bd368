/**
 * A whole Tutti in one process on a manual clock: real clients, a slow and fickle network, and the real server on a disk
 * that outlives it. Everything that chance decides comes from one seed.
 */
import type { PublicRoom } from '../../src/core/room/room'
import { type AClient, aClient, SERVER } from '../client/a-client'
import { CREATE } from '../core/room/a-room'
import { someCommand } from '../core/room/some-command'
import { createNetwork, type Network } from '../doubles/channel'
import { createLife, type Life } from '../doubles/life'
import { createManualClock } from '../doubles/manual-clock'
import { createMortalServer } from '../doubles/mortal-server'
import { createSeededRandom } from '../doubles/seeded-random'

const PEOPLE = 4

/** What a run was made of, so that a run in which nothing happened can't pass for one. */
export type Happened = Record<
  | 'commands'
  | 'answers'
  | 'refusals'
  | 'cuts'
  | 'deadLinks'
  | 'restarts'
  | 'crashes'
  | 'secondLives'
  | 'departures'
  | 'snapshots'
  | 'resumes'
  | 'holes',
  number
>

export function nothingYet(): Happened {
  return {
    commands: 0,
    answers: 0,
    refusals: 0,
    cuts: 0,
    deadLinks: 0,
    restarts: 0,
    crashes: 0,
    secondLives: 0,
    departures: 0,
    snapshots: 0,
    resumes: 0,
    holes: 0,
  }
}

type Person = { readonly life: Life; readonly it: AClient; readonly network: Network }

export type MirrorWorld = {
  /** One thing that chance picks, then some time. */
  step(): Promise<void>
  /** No more trouble: time for everybody to come back and for every frame to arrive. */
  calm(): Promise<void>
  /** The room as the disk has it. */
  room(): PublicRoom | undefined
  people(): readonly AClient[]
  /** What an operator would have to look at. */
  errors(): readonly string[]
  end(): Promise<void>
}

export async function createMirrorWorld(seed: number, happened: Happened): Promise<MirrorWorld> {
  const random = createSeededRandom(seed)
  const time = createManualClock()
  const server = createMortalServer(time, random)
  const { room } = server
  const people: Person[] = []

  const newPerson = (): Person => {
    const laneMs = random.between(2, 150)
    const jitterMs = random.between(0, 80)
    const delayMs = (): number => laneMs + random.float() * jitterMs
    const network = createNetwork(time, { upMs: delayMs, downMs: delayMs })
    server.serve(network)
    const life = createLife(time)
    const it = aClient({
      openSocket: network.openSocket,
      clock: time.skewed(random.between(-1e6, 1e6), random.between(-50, 50)),
      timers: life.timers,
      float: () => random.float(),
    })
    return { life, it, network }
  }

  const goIn = (person: Person): void => {
    const code = room()?.code
    if (code === undefined) throw new Error('there is no room to go into')
    person.it.client.enter({ server: SERVER, door: { kind: 'code', code } })
  }

  const bury = (person: Person): void => {
    person.life.end()
    person.network.cutAll()
    happened.snapshots += person.it.counts.snapshots
    happened.resumes += person.it.counts.resumes
    happened.holes += person.it.counts.holes
  }

  const ask = async (person: Person): Promise<void> => {
    const now = room()
    if (!now) return
    happened.commands += 1
    const refusal = await person.it.client.command(someCommand(random, now))
    happened.answers += 1
    if (refusal) happened.refusals += 1
  }

  const secondLife = (): void => {
    const at = Math.floor(random.float() * people.length)
    const before = people[at]
    if (before?.it.client.state().kind !== 'in-room') return
    const kept = before.it.seat()
    bury(before)
    const after = newPerson()
    people[at] = after
    after.it.client.comeBack(kept)
    happened.secondLives += 1
  }

  const depart = (person: Person): void => {
    if (person.it.client.state().kind !== 'in-room') return
    person.it.client.leave()
    goIn(person)
    happened.departures += 1
  }

  const goDown = async (how: 'gently' | 'dying'): Promise<void> => {
    if (how === 'gently') await server.stop()
    else server.crash()
    happened[how === 'gently' ? 'restarts' : 'crashes'] += 1
    await time.advance(random.between(0, 6_000))
    await server.start()
  }

  await server.start()
  const [first, ...others] = Array.from({ length: PEOPLE }, newPerson)
  if (!first) throw new Error('nobody is here')
  people.push(first)
  first.it.client.enter({ server: SERVER, door: { kind: 'new', create: CREATE } })
  await time.advanceUntil(first.it.isIn, 5_000)
  for (const other of others) {
    people.push(other)
    goIn(other)
  }

  return {
    async step() {
      const person = random.pick(people as [Person, ...Person[]])
      const dice = random.float()
      if (dice < 0.6) void ask(person)
      else if (dice < 0.72) {
        person.network.cutAll()
        happened.cuts += 1
      } else if (dice < 0.78) {
        person.network.links.at(-1)?.goDead()
        happened.deadLinks += 1
      } else if (dice < 0.84) secondLife()
      else if (dice < 0.9) depart(person)
      else if (dice < 0.93) await goDown('gently')
      else if (dice < 0.96) await goDown('dying')
      await time.advance(random.float() < 0.5 ? random.between(0, 300) : random.between(0, 5_000))
    },
    async calm() {
      await time.advanceUntil(
        () => people.every(({ it }) => it.room()?.rev === room()?.rev && it.room()?.epoch === room()?.epoch),
        120_000,
      )
    },
    room,
    people: () => people.map(({ it }) => it),
    errors: server.errors,
    async end() {
      for (const person of people) bury(person)
      await time.advance(10_000)
    },
  }
}
