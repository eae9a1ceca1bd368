/**
 * What the server answers to plain requests: what it is, an invite, its health, its metrics. Anything else is not here.
 * Knows no sockets; gets rooms and store only to ask whether they are there.
 */
import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { INVITE_STYLE, invitePage } from '../invite/invite-page'
import type { Clock } from '../platform/clock'
import { addressOfRequest, neighbourhoodOf } from './address'
import type { Guesses } from './limits'
import { type Log, reasonOf } from './log'
import type { Metrics } from './metrics'

export type HttpPagesDeps = {
  readonly publicUrl: () => string
  /** Name and paths of each wire that is spoken here. */
  readonly spoken: readonly { readonly name: string; readonly paths: readonly string[] }[]
  /** The code of the room that a code or a name means. */
  readonly codeOf: (text: string) => Promise<string | undefined>
  /** Does this room still honour what its host signed? */
  readonly inviteCounts: (code: string, invite: string) => Promise<boolean>
  readonly roomCount: () => number
  /** Rejects when nothing can be written. */
  readonly probe: () => Promise<void>
  readonly guesses: Guesses
  readonly clock: Clock
  readonly metrics: Metrics
  readonly log: Log
}

export type HttpPages = (request: IncomingMessage, response: ServerResponse) => void

type Page = {
  readonly status: number
  readonly type: string
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
}

const TEXT = 'text/plain; charset=utf-8'
/** A disk that does not answer is not healthy either. */
const PROBE_MS = 2_000
/** Each look is a write to the disk. */
const LOOK_EVERY_MS = 1_000

const INVITE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(INVITE_STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

export function createHttpPages(deps: HttpPagesDeps): HttpPages {
  const { log, metrics } = deps

  const about = (): Page => {
    const spoken = deps.spoken.map(({ name, paths }) => `${name} at ${paths.join(', ')}`).join('; ')
    const lines = [
      'This is a Tutti room server: it holds the videos of a room on one timeline.',
      `It speaks ${spoken}.`,
      `To use it, set ${deps.publicUrl()} as the server in the Tutti extension.`,
    ]
    return { status: 200, type: TEXT, body: `${lines.join('\n')}\n` }
  }

  const invite = async (text: string, signed: string | null, from: string): Promise<Page> => {
    // Also for rooms that are there: otherwise the answer would still tell which are.
    if (!(await deps.guesses.mayGuess(from))) {
      return { status: 429, type: TEXT, body: 'Too many links that lead to no room. Wait a minute, then try again.\n' }
    }
    const code = await deps.codeOf(text)
    if (code !== undefined) await deps.guesses.wasRight(from)
    const counts = code !== undefined && signed !== null && (await deps.inviteCounts(code, signed))
    return {
      status: code === undefined ? 404 : 200,
      type: 'text/html; charset=utf-8',
      body: invitePage({
        ...(code !== undefined && { code }),
        ...(signed !== null && { invite: { text: signed, counts } }),
        publicUrl: deps.publicUrl(),
      }),
      headers: { 'content-security-policy': INVITE_POLICY },
    }
  }

  const look = async (): Promise<boolean> => {
    try {
      await within(PROBE_MS, deps.probe())
      return true
    } catch (error) {
      log.error({ reason: reasonOf(error) }, 'the store can not be written')
      return false
    }
  }
  let lastLook: { readonly atMs: number; readonly ok: Promise<boolean> } | undefined

  const health = async (): Promise<Page> => {
    const nowMs = deps.clock.nowMs()
    if (!lastLook || nowMs - lastLook.atMs >= LOOK_EVERY_MS) lastLook = { atMs: nowMs, ok: look() }
    const ok = await lastLook.ok
    const body = JSON.stringify({ ok, store: ok ? 'ok' : 'not writable', rooms: deps.roomCount() })
    return { status: ok ? 200 : 503, type: 'application/json', body: `${body}\n` }
  }

  const find = async (path: string, query: string, from: () => string): Promise<Page> => {
    if (path === '/') return about()
    if (path === '/health') return health()
    if (path === '/metrics') return { status: 200, type: metrics.contentType, body: await metrics.text() }
    const code = /^\/j\/([^/]{1,64})$/.exec(path)?.[1]
    if (code !== undefined) return invite(decode(code), new URLSearchParams(query).get('invite'), from())
    return { status: 404, type: TEXT, body: 'There is nothing here.\n' }
  }

  return (request, response) => {
    const send = ({ status, type, body, headers }: Page): void => {
      response.writeHead(status, {
        'content-type': type,
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        ...headers,
      })
      response.end(request.method === 'HEAD' ? undefined : body)
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      send({ status: 405, type: TEXT, body: 'Only GET is answered here.\n', headers: { allow: 'GET, HEAD' } })
      return
    }
    const [path = '/', query = ''] = (request.url ?? '/').split('?', 2)
    find(path, query, () => neighbourhoodOf(addressOfRequest(request))).then(send, (error: unknown) => {
      log.error({ reason: reasonOf(error) }, 'a request failed')
      send({ status: 500, type: TEXT, body: 'The server failed at this. Try again.\n' })
    })
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

async function within<Result>(ms: number, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms)
  })
  try {
    return await Promise.race([work, tooLate])
  } finally {
    clearTimeout(timer)
  }
}
