/** Rooms of servers that behave as the living ones do, each with one of their own people who leads, for a test in a real browser. */
import { until } from '../../../scripts/drive/until.mjs'
import type { ForeignSystem } from '../../../src/dialects/recognise'
import { OUR_NUMBERS } from '../../dialects/pianorhythm/our-numbers'
import { createFrameTogetherClient } from '../../foreign/frametogether/client'
import { createFrameTogether } from '../../foreign/frametogether/server'
import type { House } from '../../foreign/house'
import { createOpenSyncPartyClient } from '../../foreign/opensyncparty/client'
import { createOpenSyncParty } from '../../foreign/opensyncparty/server'
import { createOpenTogetherTubeClient } from '../../foreign/opentogethertube/client'
import { createOpenTogetherTube } from '../../foreign/opentogethertube/server'
import { createOpenWatchPartyClient } from '../../foreign/openwatchparty/client'
import { createOpenWatchParty } from '../../foreign/openwatchparty/server'
import { createPianoRhythmClient } from '../../foreign/pianorhythm/client'
import { createPianoRhythm } from '../../foreign/pianorhythm/server'
import { createPlugdj } from '../../foreign/plugdj/server'
import type { Quirks } from '../../foreign/quirks'

/** Somebody who leads there; absent where nobody can, or nothing is played. */
export type Leader = {
  play(): void
  pause(): void
  seek(positionSec: number): void
  positionSec(): number
}

export type Party = {
  /** May be changed while it runs. */
  readonly quirks: OddQuirks
  readonly server: House
  readonly address: string
  readonly room: string
  readonly leader?: Leader
  stop(): Promise<void>
}

type OddQuirks = Quirks & { oddTypes?: boolean }

/** Frames that come late, twice and in the wrong order. */
const badLine = (): OddQuirks => ({ lateMs: [5, 60], duplicated: 0.05, reordered: 0.05 })

const wsOf = (address: string): string => address.replace(/^http/, 'ws')

async function frametogether(): Promise<Party> {
  const quirks = badLine()
  const server = createFrameTogether({ quirks })
  const address = await server.listen()
  const host = createFrameTogetherClient({ server: wsOf(address) })
  host.create()
  await until('theirs is in', () => host.isIn() && host.isHost())
  return ledBy({ server, quirks }, address, host.room() ?? '', host, () => host.position())
}

async function opensyncparty(): Promise<Party> {
  const quirks = badLine()
  const server = createOpenSyncParty({ quirks })
  const address = await server.listen()
  const host = createOpenSyncPartyClient({ url: `${wsOf(address)}/OpenSyncParty/ws`, kind: 'plugin', room: 'movies' })
  host.create()
  await until('theirs is in', () => host.isIn())
  return ledBy({ server, quirks }, address, 'movies', host, () => host.position())
}

/** Only who comes from Jellyfin's page, or from nowhere, gets a socket there. */
async function openwatchparty(): Promise<Party> {
  const quirks = badLine()
  const server = createOpenWatchParty({ quirks })
  const address = await server.listen()
  const host = createOpenWatchPartyClient({ url: `${wsOf(address)}/ws` })
  host.connect()
  await until('theirs is there', () => host.isOpen() && host.me() !== undefined)
  host.create(30)
  await until('theirs is in', () => host.isIn())
  return ledBy({ server, quirks }, address, host.room()?.id ?? '', host, () => host.position())
}

async function opentogethertube(): Promise<Party> {
  // What is told there bears no time and is told once: two in the wrong order are another state, for whoever leads, too.
  const quirks: OddQuirks = { ...badLine(), reordered: 0 }
  const server = createOpenTogetherTube({ quirks })
  const address = await server.listen()
  server.makeRoom('movies')
  const host = createOpenTogetherTubeClient({ server: address, room: 'movies' })
  await host.join()
  await until('theirs is in', () => host.isIn())
  // Long enough for where the leader goes: at its end there is nothing to follow any more.
  await host.addVideo({ service: 'youtube', id: 'dQw4w9WgXcQ' })
  await until('something plays there', () => host.current() !== null)
  return ledBy({ server, quirks }, address, 'movies', { ...host, stop: () => host.leave() }, () => host.position())
}

async function plugdj(): Promise<Party> {
  const quirks = { ...badLine(), batched: true, onlyOrigin: 'https://plug.dj' }
  const server = createPlugdj({ quirks })
  const address = await server.listen()
  server.makeCommunity('lounge')
  return { server, quirks, address, room: 'lounge', stop: () => server.stop() }
}

async function pianorhythm(): Promise<Party> {
  const quirks = badLine()
  const server = createPianoRhythm({ quirks, numbers: OUR_NUMBERS })
  const address = await server.listen()
  const host = createPianoRhythmClient({ url: `${wsOf(address)}/api/websocket`, numbers: OUR_NUMBERS })
  host.connect()
  host.create('duo')
  await until('theirs is in', () => host.isIn())
  return {
    server,
    quirks,
    address,
    room: 'duo',
    async stop() {
      host.stop()
      await server.stop()
    },
  }
}

type Host = { play(): void; pause(): void; seek(positionSec: number): void; stop(): void }

function ledBy(
  { server, quirks }: Pick<Party, 'server' | 'quirks'>,
  address: string,
  room: string,
  host: Host,
  positionSec: () => number,
): Party {
  return {
    server,
    quirks,
    address,
    room,
    leader: { play: () => host.play(), pause: () => host.pause(), seek: (sec) => host.seek(sec), positionSec },
    async stop() {
      host.stop()
      await server.stop()
    },
  }
}

export const PARTIES: Readonly<Record<ForeignSystem, () => Promise<Party>>> = {
  frametogether,
  opensyncparty,
  openwatchparty,
  opentogethertube,
  plugdj,
  pianorhythm,
}
