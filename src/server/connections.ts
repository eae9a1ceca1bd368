/**
 * How many connections one address may hold open, WebSockets or not: all there may be are few enough for one machine to take.
 * Behind a proxy on this machine everybody comes from there; what they do is counted where it is known who they are.
 */
import { isLoopback, neighbourhoodOf } from './address'
import { createTally } from './tally'

export type Connection = {
  readonly remoteAddress?: string | undefined
  destroy(): unknown
  once(event: 'close', gone: () => void): unknown
}

export function createConnections(perAddress: number): (connection: Connection) => void {
  const from = createTally()
  return (connection) => {
    const { remoteAddress = '' } = connection
    if (isLoopback(remoteAddress)) return
    const neighbourhood = neighbourhoodOf(remoteAddress)
    connection.once('close', () => from.remove(neighbourhood))
    if (from.add(neighbourhood) > perAddress) connection.destroy()
  }
}
