/** Where a server's socket is, and how somebody says there who they are. One service is left alone: nobody outside knows how it speaks. */
import { readSegment } from './identity'

const PATH = '/api/websocket'
const CLOSED = /(^|\.)pianorhythm\.io$/i

export function isUnspeakable(server: string): boolean {
  const host = /^[a-z]+:\/\/([^/:?#]+)/i.exec(server.trim())?.[1] ?? ''
  return CLOSED.test(host)
}

/** A path that the person gave is used as it is. What our own server gave goes into the path; any other token, into a header. */
export function socketUrl(
  server: string,
  token: string | undefined,
): { readonly url: string; readonly headers?: Readonly<Record<string, string>> } {
  const base = server.trim().replace(/^http/i, 'ws').replace(/\/+$/, '')
  const [, host = base, path = ''] = /^([a-z]+:\/\/[^/]+)(\/.*)?$/i.exec(base) ?? []
  if (path !== '' && path !== PATH) return { url: base }
  if (token === undefined || token === '') return { url: host + PATH }
  return readSegment(token)
    ? { url: `${host}${PATH}/${token}` }
    : { url: host + PATH, headers: { authorization: `Bearer ${token}` } }
}
