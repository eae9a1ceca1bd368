/** Our client, as the extension runs it, at a server that was written from a protocol's page alone and behaves as the living one. */
import { createRoomClient, type RoomClientState } from '../../src/client/room-client'
import type { PublicRoom } from '../../src/core/room/room'
import { lineAt, positionAt } from '../../src/core/timeline'
import type { ClientDialect } from '../../src/dialects/client-dialect'
import type { Door } from '../../src/dialects/dialect'
import type { OpenSocket } from '../../src/platform/socket'
import { createSeededRandom } from '../doubles/seeded-random'
import type { House } from '../foreign/house'
import type { createScene } from '../foreign/scene'

export type Wish = { readonly door: Door; readonly name?: string; readonly token?: string; readonly server?: string }

export function foreignVisit(
  { clock, run }: ReturnType<typeof createScene>,
  house: Pick<House, 'dial'>,
  dialect: ClientDialect<unknown>,
  { door, name = 'Bob', token, server = 'http://server:1' }: Wish,
) {
  const states: RoomClientState[] = []
  const tokens: string[] = []
  const openSocket: OpenSocket = (url, handlers) => house.dial(url, handlers)
  const client = createRoomClient({
    openSocket,
    clock,
    timers: clock,
    random: createSeededRandom(1),
    dialectOf: () => dialect,
    onChange: (state) => void states.push(state),
    onReports: () => {},
    onSignal: () => {},
    onClock: () => {},
    onToken: (_, __, kept) => void tokens.push(kept),
    onSeat: () => {},
    onFrame: () => {},
  })
  client.enter({ dialect: dialect.name, server, door, name, ...(token !== undefined && { token }) })
  const room = (): PublicRoom => {
    const state = client.state()
    if (state.kind !== 'in-room') throw new Error(`not in the room: ${JSON.stringify(state)}`)
    return state.room
  }
  /** In the time that the lines are in. */
  const nowMs = (): number => clock.nowMs() + (client.clock()?.offsetMs ?? 0)
  return {
    client,
    states,
    tokens,
    room,
    self: () => {
      const state = client.state()
      return state.kind === 'in-room' ? state.memberId : undefined
    },
    whySent: () => {
      const state = client.state()
      return state.kind === 'outside' ? state.why?.code : undefined
    },
    where: () => positionAt(lineAt(room().timeline, nowMs()), nowMs()),
    playing: () => lineAt(room().timeline, nowMs()).playing,
    async asks(command: Parameters<typeof client.command>[0], withinMs = 100) {
      const answer = client.command(command)
      await run(withinMs)
      return (await answer)?.code ?? 'done'
    },
  }
}
