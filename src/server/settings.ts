/**
 * What an operator may set, as one table: `parseSettings` reads by it, and a test holds README to it.
 * Pure: arguments and environment come in, settings or one sentence come out. Knows nothing of files and sockets.
 */
import type { WireSettings } from '../dialects/wire-settings'
import { readWires, WIRE_ROWS, type WireTokenSettings } from './wire-settings'

const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

export type Settings = {
  readonly host: string
  /** 0 = any free one. */
  readonly port: number
  readonly dataDir: string
  /** Where people reach this server, without a slash at the end; absent: the address that it is bound to. */
  readonly publicUrl?: string
  readonly logLevel: LogLevel
  /** Absent: everybody is anonymous. */
  readonly auth?: AuthSettings
  /** Absent: as in the systems that they are of. */
  readonly wires?: WireSettings
  /** Absent: nobody needs a token of another wire. */
  readonly wireTokens?: WireTokenSettings
}

/** Whose word counts for who somebody is. */
export type AuthSettings = {
  readonly key: { readonly kind: 'secret'; readonly secret: string } | { readonly kind: 'file'; readonly path: string }
  readonly issuer?: string
  readonly audience?: string
  /** May people come in without a token signed elsewhere, and without an invite? */
  readonly guests: boolean
}

/** A setting that turned out wrong when it was used; the message is the sentence for the operator. */
export class WrongSetting extends Error {}

type SettingRow = {
  readonly variable: string
  readonly flag: string
  /** In words where it is not a value. */
  readonly fallback: string
  readonly says: string
}

/** As long as what HS256 makes of it. */
const LEAST_SECRET_BYTES = 32

/** What counts where nothing is set. */
const FALLBACKS = { HOST: '127.0.0.1', PORT: '4747', DATA_DIR: './tutti-data', LOG_LEVEL: 'info' } as const

export const SETTINGS_TABLE = [
  {
    variable: 'HOST',
    flag: '--host',
    fallback: FALLBACKS.HOST,
    says: 'Address to listen on; 0.0.0.0 is every IPv4 one.',
  },
  { variable: 'PORT', flag: '--port', fallback: FALLBACKS.PORT, says: 'Port to listen on; 0 takes any free one.' },
  {
    variable: 'DATA_DIR',
    flag: '--data-dir',
    fallback: FALLBACKS.DATA_DIR,
    says: 'Folder for rooms and for the key that signs identities; made if missing.',
  },
  {
    variable: 'PUBLIC_URL',
    flag: '--public-url',
    fallback: 'http://HOST:PORT as bound',
    says: 'Where people reach this server; invite links begin with it.',
  },
  {
    variable: 'LOG_LEVEL',
    flag: '--log-level',
    fallback: FALLBACKS.LOG_LEVEL,
    says: `One of ${LOG_LEVELS.join(', ')}.`,
  },
  {
    variable: 'AUTH_SECRET',
    flag: '--auth-secret',
    fallback: 'none',
    says: 'Secret of at least 32 bytes; tokens (JWT, HS256) signed with it elsewhere say who somebody is.',
  },
  {
    variable: 'AUTH_KEYS',
    flag: '--auth-keys',
    fallback: 'none',
    says: 'File with an Ed25519 public key (PEM) or a JWKS, for tokens signed with EdDSA instead.',
  },
  {
    variable: 'AUTH_ISSUER',
    flag: '--auth-issuer',
    fallback: 'any',
    says: 'What such a token has to name as `iss`.',
  },
  {
    variable: 'AUTH_AUDIENCE',
    flag: '--auth-audience',
    fallback: 'any',
    says: 'What such a token has to name as `aud`.',
  },
  {
    variable: 'AUTH_GUESTS',
    flag: '--auth-guests',
    fallback: 'no',
    says: 'Where such tokens are known: may others come in without an invite, too? yes or no.',
  },
  ...WIRE_ROWS,
] as const satisfies readonly SettingRow[]

type Variable = (typeof SETTINGS_TABLE)[number]['variable']
type Values = Partial<Record<Variable, string>>

export type ParsedSettings =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly sentence: string }

/** A flag counts more than a variable; an empty variable counts as none. */
export function parseSettings(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): ParsedSettings {
  const stranger = Object.keys(env).find((name) => name.startsWith('TUTTI_'))
  if (stranger !== undefined) return wrong(`There is no setting ${stranger}. The settings are ${names('variable')}.`)

  const values: Values = {}
  for (const { variable } of SETTINGS_TABLE) {
    const value = env[variable]
    if (value !== undefined && value !== '') values[variable] = value
  }
  const flags = readFlags(argv)
  return flags.ok ? check({ ...FALLBACKS, ...values, ...flags.values }) : wrong(flags.sentence)
}

type Flags = { readonly ok: true; readonly values: Values } | { readonly ok: false; readonly sentence: string }

function readFlags(argv: readonly string[]): Flags {
  const values: Values = {}
  const rest = [...argv]
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [flag = '', ...parts] = word.split('=')
    const row = SETTINGS_TABLE.find((candidate) => candidate.flag === flag)
    if (!row) return wrong(`There is no flag ${flag}. The flags are ${names('flag')}.`)
    const value = word.includes('=') ? parts.join('=') : rest.shift()
    if (value === undefined || value === '') return wrong(`${flag} needs a value.`)
    values[row.variable] = value
  }
  return { ok: true, values }
}

function check(values: Values & Record<keyof typeof FALLBACKS, string>): ParsedSettings {
  const { HOST: host, PORT: portText, DATA_DIR: dataDir, LOG_LEVEL: levelText } = values
  const port = Number(portText)
  if (!/^\d+$/.test(portText) || port > 65_535) return wrong(`PORT is a number from 0 to 65535, not "${portText}".`)

  const logLevel = LOG_LEVELS.find((level) => level === levelText)
  if (!logLevel) return wrong(`LOG_LEVEL is one of ${LOG_LEVELS.join(', ')}, not "${levelText}".`)

  const publicUrl = values.PUBLIC_URL === undefined ? undefined : readPublicUrl(values.PUBLIC_URL)
  if (publicUrl === false) {
    return wrong('PUBLIC_URL is an address like https://tutti.example, with nothing behind the host and port.')
  }
  const auth = readAuth(values)
  if (typeof auth === 'string') return wrong(auth)
  const wires = readWires(values)
  if (typeof wires === 'string') return wrong(wires)
  const settings: Settings = {
    host,
    port,
    dataDir,
    logLevel,
    ...(publicUrl === undefined ? {} : { publicUrl }),
    ...(auth ? { auth } : {}),
    ...wires,
  }
  return { ok: true, settings }
}

/** A sentence where settings contradict each other. */
function readAuth(values: Values): AuthSettings | string | undefined {
  const { AUTH_SECRET: secret, AUTH_KEYS: path, AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience } = values
  const { AUTH_GUESTS: guests = 'no' } = values
  if (secret !== undefined && path !== undefined)
    return 'AUTH_SECRET and AUTH_KEYS exclude each other. Set one of them.'
  if (secret === undefined && path === undefined) {
    const lonely = (['AUTH_ISSUER', 'AUTH_AUDIENCE', 'AUTH_GUESTS'] as const).find((name) => values[name] !== undefined)
    return lonely && `${lonely} says nothing without AUTH_SECRET or AUTH_KEYS. Set one of them, or leave it out.`
  }
  if (secret !== undefined && new TextEncoder().encode(secret).length < LEAST_SECRET_BYTES) {
    return `AUTH_SECRET has at least ${LEAST_SECRET_BYTES} bytes; a shorter one can be guessed.`
  }
  if (guests !== 'yes' && guests !== 'no') return `AUTH_GUESTS is yes or no, not "${guests}".`
  return {
    key: secret === undefined ? { kind: 'file', path: path ?? '' } : { kind: 'secret', secret },
    guests: guests === 'yes',
    ...(issuer === undefined ? {} : { issuer }),
    ...(audience === undefined ? {} : { audience }),
  }
}

function readPublicUrl(text: string): string | false {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  const isPlain = url.pathname === '/' && url.search === '' && url.hash === '' && url.username === ''
  return isPlain && (url.protocol === 'https:' || url.protocol === 'http:') ? url.origin : false
}

function names(kind: 'variable' | 'flag'): string {
  return SETTINGS_TABLE.map((row) => row[kind]).join(', ')
}

function wrong(sentence: string): { readonly ok: false; readonly sentence: string } {
  return { ok: false, sentence }
}
