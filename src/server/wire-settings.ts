/**
 * What an operator may set about wires other than our own: rows of the table in `settings.ts`, and how their values are read.
 * Pure. The names are those that the servers of these systems have.
 */
import type { WireSettings } from '../dialects/wire-settings'

/** With what tokens of wires other than our own are signed. */
export type WireTokenSettings = { readonly secret: string; readonly audience?: string; readonly issuer?: string }

const FALLBACKS = { MAX_ROOMS: '1000', RATE_LIMIT_PER_SECOND: '30', DEFAULT_ROOM: 'lobby' } as const

export const WIRE_ROWS = [
  {
    variable: 'MAX_ROOMS',
    flag: '--max-rooms',
    fallback: FALLBACKS.MAX_ROOMS,
    says: 'FrameTogether: rooms made on its wire at the same time.',
  },
  {
    variable: 'RATE_LIMIT_PER_SECOND',
    flag: '--rate-limit-per-second',
    fallback: FALLBACKS.RATE_LIMIT_PER_SECOND,
    says: 'FrameTogether: messages a second from one address.',
  },
  {
    variable: 'JWT_SECRET',
    flag: '--jwt-secret',
    fallback: 'none',
    says: 'OpenSyncParty and OpenWatchParty: secret of at least 32 bytes that their tokens are signed with; without it nobody needs one.',
  },
  {
    variable: 'JWT_AUDIENCE',
    flag: '--jwt-audience',
    fallback: 'OpenWatchParty there, any else',
    says: 'What such a token has to name as `aud`.',
  },
  {
    variable: 'JWT_ISSUER',
    flag: '--jwt-issuer',
    fallback: 'Jellyfin there, any else',
    says: 'What such a token has to name as `iss`.',
  },
  {
    variable: 'ALLOWED_ORIGINS',
    flag: '--allowed-origins',
    fallback: '*',
    says: 'OpenWatchParty: origins of pages that may connect, with commas between; * is all. Extensions and programs always may.',
  },
  {
    variable: 'DEFAULT_ROOM',
    flag: '--default-room',
    fallback: FALLBACKS.DEFAULT_ROOM,
    says: 'OpenTogetherTube: name of the room that always exists; its published path leads there.',
  },
] as const

export type WireValues = Partial<Record<(typeof WIRE_ROWS)[number]['variable'], string>>
export type ReadWires = { readonly wires?: WireSettings; readonly wireTokens?: WireTokenSettings }

const MOST = 1_000_000
/** As long as what HS256 makes of it. */
const LEAST_SECRET_BYTES = 32

/** A sentence where settings are wrong or contradict each other. */
export function readWires(values: WireValues): ReadWires | string {
  const { JWT_SECRET: secret, JWT_AUDIENCE: audience, JWT_ISSUER: issuer, ALLOWED_ORIGINS: allowed = '*' } = values
  for (const name of ['MAX_ROOMS', 'RATE_LIMIT_PER_SECOND'] as const) {
    const value = values[name]
    if (value !== undefined && !isCount(value)) return `${name} is a number from 1 to ${MOST}, not "${value}".`
  }
  if (secret === undefined) {
    const lonely = (['JWT_AUDIENCE', 'JWT_ISSUER'] as const).find((name) => values[name] !== undefined)
    if (lonely) return `${lonely} says nothing without JWT_SECRET. Set it, or leave this out.`
  } else if (new TextEncoder().encode(secret).length < LEAST_SECRET_BYTES) {
    return `JWT_SECRET has at least ${LEAST_SECRET_BYTES} bytes; a shorter one can be guessed.`
  }
  const origins = allowed.split(',').map((each) => each.trim())
  const stranger = origins.find((each) => each !== '*' && !isOrigin(each))
  if (stranger !== undefined) return `ALLOWED_ORIGINS has origins like https://films.example, not "${stranger}".`
  if (origins.includes('*') && origins.length > 1) return 'ALLOWED_ORIGINS is * or a list, not both.'

  const { DEFAULT_ROOM: defaultRoom } = values
  if (defaultRoom !== undefined && !/^[a-z0-9_-]{3,32}$/i.test(defaultRoom))
    return `DEFAULT_ROOM has 3 to 32 letters, digits, dashes and underscores, not "${defaultRoom}".`

  const { MAX_ROOMS: rooms, RATE_LIMIT_PER_SECOND: rate } = values
  const hasSecret = secret !== undefined
  const wires: WireSettings = {
    ...((rooms ?? rate) !== undefined && {
      frametogether: {
        ...(rooms !== undefined && { maxRooms: Number(rooms) }),
        ...(rate !== undefined && { ratePerSec: Number(rate) }),
      },
    }),
    ...(hasSecret && { opensyncparty: { hasSecret } }),
    ...((hasSecret || allowed !== '*') && {
      openwatchparty: { ...(hasSecret && { hasSecret }), ...(allowed !== '*' && { origins }) },
    }),
    ...(defaultRoom !== undefined && { opentogethertube: { defaultRoom } }),
  }
  return {
    ...(Object.keys(wires).length > 0 && { wires }),
    ...(hasSecret && {
      wireTokens: { secret, ...(audience !== undefined && { audience }), ...(issuer !== undefined && { issuer }) },
    }),
  }
}

function isCount(text: string): boolean {
  return /^[1-9]\d{0,6}$/.test(text) && Number(text) <= MOST
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text.toLowerCase()
}
