/**
 * Plain requests as Node has them: those of a wire go to its sessions, body and all, the others to the pages.
 * Owns what is Node's about them: sizes, headers, broken bodies. Knows no dialect beyond its prefixes.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { HttpRequest, HttpResponse } from '../dialects/dialect'
import type { Opened, ServerDialect } from '../dialects/server-dialect'
import { addressOfRequest } from './address'
import type { HttpPages } from './http-pages'
import { type Log, reasonOf } from './log'
import type { Sessions } from './sessions'

export type RequestAnswersDeps = {
  readonly dialects: readonly ServerDialect<unknown>[]
  readonly sessions: Pick<Sessions, 'request'>
  readonly pages: HttpPages
  readonly log: Log
}

export function createRequestAnswers({ dialects, sessions, pages, log }: RequestAnswersDeps): HttpPages {
  const wires = dialects.flatMap(({ name, requests }) =>
    (requests?.prefixes ?? []).map((prefix) => ({ prefix, name, maxBodyBytes: requests?.maxBodyBytes ?? 0 })),
  )

  const answer = async (request: IncomingMessage, name: string, maxBodyBytes: number): Promise<HttpResponse> => {
    const { path, query, headers, address } = readOpened(request)
    const body = await readBody(request, maxBodyBytes)
    if (body === undefined) return TOO_LONG
    const asked: HttpRequest = { method: request.method ?? 'GET', path, query, headers, body }
    return sessions.request(name, asked, address)
  }

  return (request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
    const wire = wires.find(({ prefix }) => path.startsWith(prefix))
    if (!wire) return pages(request, response)
    answer(request, wire.name, wire.maxBodyBytes)
      .then(({ status, headers, body }) => send(request, response, status, headers, body))
      // Also where the answer itself can't be sent, say for a header that is none: nobody else would catch that.
      .catch((error: unknown) => {
        log.error({ reason: reasonOf(error) }, 'a request failed')
        send(request, response, 500, {}, 'The server failed at this. Try again.\n')
      })
  }
}

const TOO_LONG: HttpResponse = {
  status: 413,
  headers: { 'content-type': 'text/plain; charset=utf-8', connection: 'close' },
  body: 'What was sent is too long.\n',
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string,
): void {
  if (response.destroyed) return
  response.writeHead(status, { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', ...headers })
  response.end(request.method === 'HEAD' ? undefined : body)
}

/** Nothing if it is longer than that. */
async function readBody(request: IncomingMessage, maxBytes: number): Promise<string | undefined> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of request) {
    length += part.length
    if (length > maxBytes) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

export function readOpened(request: IncomingMessage): Opened {
  const url = URL.canParse(request.url ?? '', 'http://server') ? new URL(request.url ?? '', 'http://server') : undefined
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return {
    path: url?.pathname ?? '',
    query: Object.fromEntries(url?.searchParams ?? []),
    headers,
    address: addressOfRequest(request),
  }
}
