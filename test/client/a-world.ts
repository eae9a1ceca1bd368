/** Clients and the real server on a network in memory, on a clock turned by hand. */
import { CREATE } from '../core/room/a-room'
import { startHost } from '../doubles/a-host'
import { createNetwork, type Delays } from '../doubles/channel'
import { createLife } from '../doubles/life'
import { createManualClock } from '../doubles/manual-clock'
import { type AClient, aClient, SERVER } from './a-client'

export const QUICK = 2_000

export async function aWorld(delays: Delays = { upMs: () => 20, downMs: () => 20 }) {
  const time = createManualClock()
  const host = await startHost({ ...time, ...time.skewed(7_000_000) })
  const life = createLife(time)
  const network = createNetwork(time, delays)
  const open = (): void => network.listen(host.accept)
  open()
  const someone = (float?: () => number): AClient =>
    aClient({ timers: life.timers, clock: time, openSocket: network.openSocket, ...(float && { float }) })
  const inRoom = async (person: AClient): Promise<AClient> => {
    await time.advanceUntil(person.isIn, QUICK)
    return person
  }
  const starts = async (float?: () => number): Promise<AClient> => {
    const person = someone(float)
    person.client.enter({ server: SERVER, door: { kind: 'new', create: CREATE } })
    return inRoom(person)
  }
  const joins = async (code: string): Promise<AClient> => {
    const person = someone()
    person.client.enter({ server: SERVER, door: { kind: 'code', code } })
    return inRoom(person)
  }
  const lastLink = () => {
    const link = network.links.at(-1)
    if (!link) throw new Error('nobody has connected')
    return link
  }
  return { time, life, host, network, open, someone, inRoom, starts, joins, lastLink }
}
