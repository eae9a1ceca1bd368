/** What a full room costs each of its members, counted in frames and bytes on a clock turned by hand. Prints what it found. */
import { describe, expect, it } from 'vitest'
import { takeEvent } from '../../src/client/copy'
import type { NumberedEvent } from '../../src/core/room/event'
import type { PublicRoom } from '../../src/core/room/room'
import { createManualClock, type ManualClock } from '../doubles/manual-clock'
import { startMemoryServer } from '../doubles/memory-server'
import { createMemoryDisk, type MemoryDisk } from '../doubles/memory-store'
import { createPlainIdentities } from '../doubles/plain-identities'
import { createSeededRandom } from '../doubles/seeded-random'
import { createPeer, goIn, type Peer, type Said } from './peer'

const PEOPLE = 100
const SECONDS = 20

type Hall = {
  readonly clock: ManualClock
  readonly disk: MemoryDisk
  readonly float: () => number
  readonly people: readonly Peer[]
  readonly memberIds: readonly string[]
}

async function aHall(): Promise<Hall> {
  const clock = createManualClock()
  const random = createSeededRandom(100)
  const disk = createMemoryDisk()
  const server = await startMemoryServer({ clock, random, disk, identities: createPlainIdentities(random) })
  const people: Peer[] = []
  const memberIds: string[] = []
  let code = ''
  for (let come = 0; come < PEOPLE; come++) {
    const peer = createPeer(server.sessions)
    const entered = await goIn(peer, code === '' ? {} : { door: { kind: 'code', code } })
    code ||= entered.code
    people.push(peer)
    memberIds.push(entered.memberId)
  }
  return { clock, disk, float: () => random.float(), people, memberIds }
}

/** Runs the hall in steps of 0.1 s; gives back what each was told meanwhile. */
async function run({ clock, people }: Hall, act: (peer: Peer, index: number, step: number) => void): Promise<Said[][]> {
  const before = people.map(({ said }) => said.length)
  for (let step = 0; step < SECONDS * 10; step++) {
    await clock.advance(100)
    for (const [index, peer] of people.entries()) act(peer, index, step)
  }
  await clock.advance(1_000)
  return people.map(({ said }, index) => said.slice(before[index]))
}

/** Each reports once a second, at a tenth of its own; some react, a few type. */
function signal({ float }: Hall, peer: Peer, index: number, step: number): void {
  if (index % 10 === step % 10) {
    const skewMs = Math.round(float() * 200 - 100) / 10
    peer.hurl({ type: 'report', report: { positionSec: 1_234.567 + step / 10, skewMs, state: 'playing' } })
  }
  if (float() < 0.02) peer.hurl({ type: 'react', emoji: '👏' })
  if (index < 5 && step % 30 === 0) peer.hurl({ type: 'typing', isTyping: step % 60 === 0 })
}

function costOf(told: readonly Said[][]): { frames: number; bytes: number } {
  const perSec = (count: (frames: Said[]) => number): number => Math.max(...told.map(count)) / SECONDS
  return {
    frames: perSec((frames) => frames.length),
    bytes: perSec((frames) => frames.reduce((sum, frame) => sum + Buffer.byteLength(JSON.stringify(frame)), 0)),
  }
}

function print(what: string, { frames, bytes }: ReturnType<typeof costOf>, more = ''): void {
  console.log(
    `${what} of ${PEOPLE}, each second and member: ${frames.toFixed(1)} frames, ${(bytes / 1024).toFixed(1)} KiB; ` +
      `the server sends ${((bytes * PEOPLE) / 1024 / 1024).toFixed(2)} MiB${more}`,
  )
}

describe('a full room', () => {
  it('[S80] in which all report, many react and some type costs each member at most 5 frames a second', async () => {
    const hall = await aHall()
    const told = await run(hall, (peer, index, step) => signal(hall, peer, index, step))
    const cost = costOf(told)
    print('signals in a room', cost)
    expect(cost.frames).toBeLessThanOrEqual(5)
    expect(cost.bytes).toBeLessThan(20 * 1024)
    // Nobody was left out of what they should hear.
    const heard = told.map(
      (frames) => frames.flatMap((frame) => (frame.type === 'reactions' ? frame['reactions'] : [])).length,
    )
    expect(new Set(heard).size).toBe(1)
    expect(heard[0]).toBeGreaterThan(PEOPLE)
  })

  it('[S90] in which everything happens at once: every copy made of what was told equals the room', async () => {
    const hall = await aHall()
    const { float, people, memberIds, disk } = hall
    const [host] = people
    if (!host) throw new Error('nobody came')
    const items = Array.from({ length: 20 }, (_, n) => ({
      durationSec: 5,
      content: { address: `https://films.example/${n}`, title: `Film ${n}` },
    }))
    await host.ask({
      type: 'command',
      ask: 'mode',
      command: { type: 'configure', settings: { mode: 'vote', skipShare: 0.5 } },
    })
    await host.ask({ type: 'command', ask: 'queue', command: { type: 'queue-add', items } })
    await host.ask({ type: 'command', ask: 'play', command: { type: 'play', positionSec: 0 } })
    const room = (): PublicRoom | undefined => [...disk.shelves.values()][0]?.states.at(-1)?.public
    const anyItem = (): string => {
      const waiting = room()?.queue.items ?? []
      return waiting[Math.floor(float() * waiting.length)]?.id ?? 'none'
    }
    const anybody = (): string => memberIds[1 + Math.floor(float() * (PEOPLE - 1))] ?? ''
    let asked = 0
    const ask = (peer: Peer, command: object): void => {
      asked += 1
      peer.hurl({ type: 'command', ask: `c${asked}`, command })
    }
    const startedMs = performance.now()
    const told = await run(hall, (peer, index, step) => {
      signal(hall, peer, index, step)
      const chance = float()
      if (chance < 0.004) ask(peer, { type: 'say', text: `Line ${step} of ${index}` })
      else if (chance < 0.007) ask(peer, { type: 'vote', itemId: anyItem(), vote: float() < 0.7 ? 1 : -1 })
      else if (chance < 0.008) ask(peer, { type: 'suspend', reason: 'buffering' })
      else if (chance < 0.01) ask(peer, { type: 'resume' })
      else if (chance < 0.011) ask(peer, { type: 'vote-skip', itemId: room()?.media?.id ?? 'none', wants: true })
      else if (chance < 0.012) peer.hurl({ type: 'write', ask: 'w', to: anybody(), text: 'psst' })
      if (index > 0) return
      if (step % 25 === 0) ask(peer, { type: step % 50 === 0 ? 'pause' : 'play', positionSec: 1 })
      if (step === 60) ask(peer, { type: 'mute', memberId: anybody(), forMs: 5_000 })
      if (step === 90) ask(peer, { type: 'kick', memberId: memberIds[PEOPLE - 1], reason: 'Too loud' })
    })
    const tookMs = performance.now() - startedMs
    print(
      'everything at once in a room',
      costOf(told),
      `; ${asked} commands in ${SECONDS} s, ${tookMs.toFixed(0)} ms of work`,
    )

    const now = room()
    expect(now?.rev).toBeGreaterThan(200)
    expect(now?.members).toHaveLength(PEOPLE - 1)
    for (const { said } of people.slice(0, -1)) {
      let copy = said.find(({ type }) => type === 'entered')?.['room'] as PublicRoom
      for (const frame of said) {
        if (frame.type !== 'event') continue
        const taken = takeEvent(copy, frame as unknown as NumberedEvent)
        if (taken.kind === 'applied') copy = taken.room
        expect(taken.kind).not.toBe('gap')
      }
      expect(copy).toEqual(now)
    }
    expect(people.at(-1)?.last('unseated')).toMatchObject({ code: 'kicked', reason: 'Too loud' })
  })
})
