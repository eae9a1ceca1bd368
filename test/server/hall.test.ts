/** What a full room costs each of its members, counted in frames and bytes on a clock turned by hand. Prints what it found. */
import { expect, it } from 'vitest'
import { createManualClock } from '../doubles/manual-clock'
import { startMemoryServer } from '../doubles/memory-server'
import { createMemoryDisk } from '../doubles/memory-store'
import { createPlainIdentities } from '../doubles/plain-identities'
import { createSeededRandom } from '../doubles/seeded-random'
import { createPeer, goIn, type Peer } from './peer'

const PEOPLE = 100
const SECONDS = 20

it('[S80] a room of 100 in which all report, many react and some type costs each member at most 5 frames a second', async () => {
  const clock = createManualClock()
  const random = createSeededRandom(100)
  const identities = createPlainIdentities(random)
  const server = await startMemoryServer({ clock, random, disk: createMemoryDisk(), identities })
  const host = createPeer(server.sessions)
  const { code } = await goIn(host)
  const people: Peer[] = [host]
  for (let more = 1; more < PEOPLE; more++) {
    const peer = createPeer(server.sessions)
    await goIn(peer, { door: { kind: 'code', code } })
    people.push(peer)
  }
  const first = people.map(({ said }) => said.length)

  for (let step = 0; step < SECONDS * 10; step++) {
    await clock.advance(100)
    for (const [index, peer] of people.entries()) {
      // Each reports once a second, at a tenth of its own.
      if (index % 10 === step % 10) {
        const skewMs = Math.round(random.float() * 200 - 100) / 10
        peer.hurl({ type: 'report', report: { positionSec: 1_234.567 + step / 10, skewMs, state: 'playing' } })
      }
      if (random.float() < 0.02) peer.hurl({ type: 'react', emoji: '👏' })
      if (index < 5 && step % 30 === 0) peer.hurl({ type: 'typing', isTyping: step % 60 === 0 })
    }
  }
  await clock.advance(1_000)

  const told = people.map(({ said }, index) => said.slice(first[index]))
  const framesPerSec = told.map((frames) => frames.length / SECONDS)
  const bytesPerSec = told.map(
    (frames) => Buffer.byteLength(frames.map((frame) => JSON.stringify(frame)).join('')) / SECONDS,
  )
  const [frames, bytes] = [Math.max(...framesPerSec), Math.max(...bytesPerSec)]
  console.log(
    `a room of ${PEOPLE}, each second and member: ${frames.toFixed(1)} frames, ${(bytes / 1024).toFixed(1)} KiB; ` +
      `the server sends ${((bytes * PEOPLE) / 1024 / 1024).toFixed(2)} MiB`,
  )
  expect(frames).toBeLessThanOrEqual(5)
  expect(bytes).toBeLessThan(20 * 1024)
  // Nobody was left out of what they should hear.
  const heard = told.map(
    (all) => all.flatMap((frame) => (frame.type === 'reactions' ? (frame['reactions'] as []) : [])).length,
  )
  expect(new Set(heard).size).toBe(1)
  expect(heard[0]).toBeGreaterThan(PEOPLE)
})
