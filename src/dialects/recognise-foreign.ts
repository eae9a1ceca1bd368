/**
 * Rooms of other systems in what somebody pasted: which system, where, which room, and what has to be asked besides.
 * Goes by the forms that those systems publish; a link that could mean anything means nothing here. Knows no network.
 */

/** Systems whose rooms can be entered from here. */
export const FOREIGN_SYSTEMS = [
  'opentogethertube',
  'plugdj',
  'pianorhythm',
  'frametogether',
  'openwatchparty',
  'opensyncparty',
] as const
export type ForeignSystem = (typeof FOREIGN_SYSTEMS)[number]

export type ForeignRoom = {
  readonly kind: 'foreign'
  readonly system: ForeignSystem
  /** As it was written: `host[:port]`, with `https://` or `http://` if they wrote one, or the like for a socket. */
  readonly server: string
  readonly host: string
  readonly room?: string
  /** An invite that the other system signed. */
  readonly invite?: string
}

/** What can be asked for a room of a system, beside its name. `needed`: nobody gets in without. */
export type Asked = {
  readonly room: true
  readonly name: boolean
  readonly password: boolean
  readonly account: boolean
  readonly token: boolean
}

export const ASKED: Readonly<Record<ForeignSystem, Asked>> = {
  opentogethertube: { room: true, name: true, password: false, account: false, token: false },
  plugdj: { room: true, name: false, password: false, account: true, token: false },
  pianorhythm: { room: true, name: true, password: true, account: false, token: true },
  // Its server calls people by names of its own.
  frametogether: { room: true, name: false, password: false, account: false, token: false },
  openwatchparty: { room: true, name: true, password: false, account: false, token: true },
  opensyncparty: { room: true, name: true, password: false, account: false, token: true },
}

/** Systems that are asked by plain requests as well, which a browser allows only with leave for that site. */
export const NEEDS_SITE: ReadonlySet<ForeignSystem> = new Set<ForeignSystem>(['opentogethertube', 'plugdj'])

/** Systems whose servers may look at where a socket comes from, or want a header that no page can say. */
export const NEEDS_HANDSHAKE: ReadonlySet<ForeignSystem> = new Set<ForeignSystem>([
  'openwatchparty',
  'plugdj',
  'pianorhythm',
])

/** Of this host nobody knows in public how its own site speaks; other servers of that system can be entered. */
export function isClosed({ system, host }: Pick<ForeignRoom, 'system' | 'host'>): boolean {
  return system === 'pianorhythm' && isHostOf(splitHost(host).name, 'pianorhythm.io')
}

/** The address that this system's own people would open; absent where it has none for a room. `server` is a base address. */
export function foreignLink(system: string, server: string, room: string): string | undefined {
  if (system === 'opentogethertube') return `${server}/room/${encodeURIComponent(room)}`
  return system === 'plugdj' ? `${server}/${encodeURIComponent(room)}` : undefined
}

type Link = {
  readonly scheme: string | undefined
  /** `host[:port]` */
  readonly host: string
  readonly name: string
  readonly port: string
  readonly parts: readonly string[]
  /** As it was written, with its question mark. */
  readonly query: string
}

type Found = { readonly system: ForeignSystem; readonly room?: string | undefined; readonly host?: string }

const MAX_ROOM = 100
const MAX_PORT = 65_535
const JWT = /^eyJ[\w-]{4,}\.[\w-]{4,}\.[\w-]{4,}$/
/** What a sentence puts around a link, and no address begins or ends with. */
const AROUND = /^[(<"'«„“]+|[)>"'»“”.,;:!?…]+$/g
/** Words that people put between a server and its room. */
const BETWEEN = /^(?:room|code|with|and|in|on|at|the|invite|token|community)$/i

export function recogniseForeign(text: string): ForeignRoom | undefined {
  const words = text.split(/\s+/).map((word) => word.replaceAll(AROUND, ''))
  for (const [index, word] of words.entries()) {
    const link = readLink(word)
    const found = link && systemOf(link)
    if (!link || !found) continue
    const others = words.filter((other, at) => at !== index && other !== '' && !BETWEEN.test(other))
    const invite = others.find((other) => JWT.test(other))
    const room = found.room ?? roomAmong(words.slice(index + 1))
    const host = found.host ?? link.host
    return {
      kind: 'foreign',
      system: found.system,
      server: link.scheme === undefined ? host : `${link.scheme}://${host}`,
      host,
      ...(room !== undefined && room.length <= MAX_ROOM && { room }),
      ...(invite !== undefined && { invite }),
    }
  }
  return undefined
}

function roomAmong(words: readonly string[]): string | undefined {
  return words.find((word) => word !== '' && !BETWEEN.test(word) && !JWT.test(word) && !word.includes('://'))
}

const LINK =
  /^(?:(https?|wss?):\/\/)?((?:[a-z\d](?:[a-z\d.-]*[a-z\d])?|\[[a-f\d:.]+\])(?::\d{1,5})?)(\/[^\s?#]*)?(\?[^\s#]*)?(?:#\S*)?$/i

function readLink(word: string): Link | undefined {
  const [, scheme, address, path = '', query = ''] = LINK.exec(word) ?? []
  // A word is an address by its scheme, its port, or a dot and a path behind it.
  if (address === undefined || (scheme === undefined && path === '')) return undefined
  const host = address.toLowerCase()
  const { name, port } = splitHost(host)
  if (Number(port) > MAX_PORT) return undefined
  const parts = path
    .split('/')
    .filter((part) => part !== '')
    .map(decoded)
  return { scheme: scheme?.toLowerCase(), host, name, port, parts, query }
}

function systemOf(link: Link): Found | undefined {
  const { name, port, parts, query } = link
  const [first = '', second, third] = parts
  const room = inQuery(query, 'room')
  const isSocket = link.scheme === 'ws' || link.scheme === 'wss'

  if (isHostOf(name, 'plug.dj'))
    return first === '' || first === '_' ? { system: 'plugdj' } : { system: 'plugdj', room: first }
  if (parts.at(-1) === 'socket' && isSocket) return { system: 'plugdj', room }
  if (isHostOf(name, 'pianorhythm.io'))
    return {
      system: 'pianorhythm',
      room: room ?? inQuery(query, 'roomName') ?? (first === 'room' ? second : undefined),
    }
  if (first === 'api' && second === 'websocket') return { system: 'pianorhythm', room }
  if (first.toLowerCase() === 'opensyncparty') return { system: 'opensyncparty', room }
  if (first.toLowerCase() === 'openwatchparty') return { system: 'openwatchparty', room, host: onJellyfinPort(link) }
  if (first === 'room' && second !== undefined && !isSocket) return { system: 'opentogethertube', room: second }
  if (first === 'api' && second === 'room' && third !== undefined) return { system: 'opentogethertube', room: third }
  if (parts.at(-1) === 'sync' || name.startsWith('frametogether.')) return { system: 'frametogether', room }
  if (first === 'ws' || port === '3000') return { system: 'openwatchparty', room }
  if (name.includes('jellyfin') || port === '8096')
    return { system: 'openwatchparty', room, host: onJellyfinPort(link) }
  return undefined
}

/** Its server stands beside Jellyfin, on a port of its own. */
function onJellyfinPort({ name }: Link): string {
  return `${name}:3000`
}

function isHostOf(name: string, domain: string): boolean {
  return name === domain || name.endsWith(`.${domain}`)
}

function splitHost(host: string): { readonly name: string; readonly port: string } {
  const [, name = host, port = ''] = /^(.*?)(?::(\d+))?$/.exec(host) ?? []
  return { name, port }
}

function inQuery(query: string, key: string): string | undefined {
  const value = new RegExp(`[?&]${key}=([^&#]*)`).exec(query)?.[1]
  return value === undefined || value === '' ? undefined : decoded(value.replaceAll('+', ' '))
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
