/**
 * Where somebody comes from, as far as limits need it. Whole addresses are for the log; limits count a neighbourhood,
 * because whoever has one IPv6 address has 2^64 of them. Knows no limits.
 */
import type { IncomingMessage } from 'node:http'
import { isIP, isIPv6 } from 'node:net'

const LOOPBACK = /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/

export function addressOfRequest({ socket, headers }: IncomingMessage): string {
  const forwarded = headers['x-forwarded-for']
  return addressOf(socket.remoteAddress ?? '', Array.isArray(forwarded) ? forwarded.join(',') : forwarded)
}

/** Behind a proxy on this machine everybody would come from loopback: there the proxy's word counts. */
export function addressOf(remote: string, forwardedFor: string | undefined): string {
  const told = withoutPort(forwardedFor?.split(',').at(-1)?.trim() ?? '')
  return isIP(told) !== 0 && isLoopback(remote) ? told : remote
}

export function isLoopback(address: string): boolean {
  return LOOPBACK.test(address)
}

/** What is counted as one: an IPv4 address, however it is written, or the /64 that an IPv6 address lies in. */
export function neighbourhoodOf(address: string): string {
  const [bare = ''] = address.split('%')
  if (!isIPv6(bare)) return address
  const groups = groupsOf(bare)
  const [high = 0, low = 0] = groups.slice(6)
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff
  if (isMapped) return [high >> 8, high & 255, low >> 8, low & 255].join('.')
  const network = groups.slice(0, 4).map((group) => group.toString(16))
  return `${network.join(':')}::/64`
}

/** Proxies write `192.0.2.1:4711`, `[2001:db8::1]:4711`, or no port at all. */
function withoutPort(text: string): string {
  const [, bracketed, plain] = /^(?:\[([^\]]+)\](?::\d+)?|([\d.]+):\d+)$/.exec(text) ?? []
  return bracketed ?? plain ?? text
}

function groupsOf(address: string): number[] {
  // The address inside of a URL has one way to be written, without dots.
  const [front = '', back] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const read = (part: string | undefined): number[] => (part ? part.split(':').map((group) => parseInt(group, 16)) : [])
  const [before, after] = [read(front), read(back)]
  return [...before, ...Array.from({ length: 8 - before.length - after.length }, () => 0), ...after]
}
