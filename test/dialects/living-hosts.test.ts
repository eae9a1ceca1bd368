/** Hosts on three wires that lead by their own player: where others may move the room they follow, and lead on; where their line is lost they come back. */
import { expect, it } from 'vitest'
import { lineAt, positionAt } from '../../src/core/timeline'
import { createFrametogetherServer } from '../../src/dialects/frametogether/server'
import { createOpensyncpartyServer } from '../../src/dialects/opensyncparty/server'
import { createOpenwatchpartyServer } from '../../src/dialects/openwatchparty/server'
import { createFrameTogetherClient } from '../foreign/frametogether/client'
import { createOpenSyncPartyClient } from '../foreign/opensyncparty/client'
import { createOpenWatchPartyClient } from '../foreign/openwatchparty/client'
import { type AWire, aWire, does } from './a-wire'
import { dialIn } from './dial-in'

type Host = { position(): number; playing(): boolean; play(): void; seek(sec: number): void; stop(): void }

/** The host is in a room of its own; whoever comes may move it. */
async function moved(at: AWire, host: Host): Promise<void> {
  const [code = ''] = at.host.codes()
  const room = () => at.host.room(code)
  const where = (): number => {
    const line = lineAt(
      room()?.timeline ?? { current: { positionSec: 0, rate: 1, playing: false, atMs: 0 } },
      at.clock.nowMs(),
    )
    return positionAt(line, at.clock.nowMs())
  }
  await at.host.server.rooms.command(room()?.id ?? '', room()?.members[0]?.id ?? '', {
    type: 'set-control',
    control: 'everyone',
  })
  const ours = await at.tutti({ code })
  host.play()
  await at.advance(5_000)
  await ours.hear()
  expect(Math.abs(host.position() - where())).toBeLessThan(1)
  for (const positionSec of [300, 100]) {
    await does(ours, { type: 'seek', positionSec })
    await at.advance(8_000)
    await ours.hear()
    expect(Math.abs(where() - positionSec - 8), 'the room is where it was sought').toBeLessThan(1.5)
    expect(Math.abs(host.position() - where()), 'and the host is there').toBeLessThan(1.5)
  }
  await does(ours, { type: 'pause', positionSec: where() })
  await at.advance(8_000)
  await ours.hear()
  expect([host.playing(), room()?.timeline.next?.playing ?? room()?.timeline.current.playing]).toEqual([false, false])
  await does(ours, { type: 'play', positionSec: where() })
  await at.advance(8_000)
  await ours.hear()
  expect(host.playing()).toBe(true)
  // And it leads still.
  host.seek(500)
  await at.advance(4_000)
  expect(Math.abs(where() - 504)).toBeLessThan(1.5)
  host.stop()
}

it('[FT21] on FrameTogether', async () => {
  const at = await aWire(createFrametogetherServer())
  const host = createFrameTogetherClient({ server: 'ws://here', time: at.clock, dial: dialIn(at) })
  host.create()
  await at.advance(2_000)
  expect(host.isHost()).toBe(true)
  await moved(at, host)
  expect(host.stumbles).toEqual([])
})

it('[OS27] on OpenSyncParty', async () => {
  const at = await aWire(createOpensyncpartyServer())
  const host = createOpenSyncPartyClient({
    url: 'ws://here/OpenSyncParty/ws',
    kind: 'plugin',
    time: at.clock,
    dial: dialIn(at),
  })
  host.create()
  await at.advance(2_000)
  expect(host.isHost()).toBe(true)
  await moved(at, host)
  expect(host.stumbles).toEqual([])
})

it('[OW27] on OpenWatchParty', async () => {
  const at = await aWire(createOpenwatchpartyServer())
  const host = createOpenWatchPartyClient({ url: 'ws://here/ws', time: at.clock, dial: dialIn(at) })
  host.connect()
  await at.advance(1_000)
  host.create()
  await at.advance(1_000)
  expect(host.isIn()).toBe(true)
  await moved(at, host)
  expect(host.stumbles).toEqual([])
})

it('[FT3, FT12] a FrameTogether host whose line is lost is back within seconds, as a viewer of whoever leads by then', async () => {
  const at = await aWire(createFrametogetherServer())
  const client = () => createFrameTogetherClient({ server: 'ws://here', time: at.clock, dial: dialIn(at) })
  const [host, viewer] = [client(), client()]
  host.create()
  await at.advance(2_000)
  viewer.join(host.room() ?? '')
  await at.advance(2_000)
  host.loseLine()
  await at.advance(5_000)
  expect([host.isHost(), viewer.isHost(), viewer.members().length]).toEqual([false, true, 2])
  viewer.seek(60)
  viewer.play()
  await at.advance(3_000)
  expect(Math.abs(host.position() - viewer.position())).toBeLessThan(1.5)
  // Alone and lost, too: the room waits.
  viewer.stop()
  host.loseLine()
  await at.advance(5_000)
  expect([host.isHost(), host.errors, host.stumbles]).toEqual([true, [], []])
  host.stop()
})

it('[OS10, OS15] an OpenSyncParty host whose line is lost makes its room again under the same id, and it is where it was', async () => {
  const at = await aWire(createOpensyncpartyServer())
  const host = createOpenSyncPartyClient({ url: 'ws://here/OpenSyncParty/ws', time: at.clock, dial: dialIn(at) })
  host.create()
  await at.advance(1_000)
  host.seek(77)
  await at.advance(1_000)
  host.loseLine()
  await at.advance(5_000)
  expect([host.isIn(), host.isHost(), at.host.codes()]).toEqual([true, true, [expect.any(String)]])
  expect(at.host.room(at.host.codes()[0] ?? '')?.timeline.current).toMatchObject({ positionSec: 77 })
  expect([host.errors, host.stumbles]).toEqual([[], []])
  host.stop()
})
