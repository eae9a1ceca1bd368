/**
 * Plain requests of the extension, by the leave it has for a host. Cookies are the browser's own for that host, as if its page asked.
 * An answer that is too long or too late is none: whoever asked goes on without.
 */
import type { Fetch } from './fetch'

const ANSWER_MS = 10_000
const MAX_BODY_BYTES = 2 * 1024 * 1024

export const browserFetch: Fetch = async ({ method, url, headers, body }) => {
  try {
    const response = await fetch(url, {
      method,
      headers: { ...headers },
      ...(body !== '' && method !== 'GET' && method !== 'HEAD' && { body }),
      credentials: 'include',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      // What is sent may be a password: it goes to the host that was asked for, and is not sent on to another.
      redirect: method === 'GET' || method === 'HEAD' ? 'follow' : 'error',
      signal: AbortSignal.timeout(ANSWER_MS),
    })
    const text = await readBounded(response)
    return text === undefined
      ? undefined
      : { status: response.status, headers: Object.fromEntries(response.headers), body: text }
  } catch {
    return undefined
  }
}

/** Nothing if it is longer than that: a stranger may send without an end. */
async function readBounded({ body }: Response): Promise<string | undefined> {
  if (!body) return ''
  const decoder = new TextDecoder()
  const reader = body.getReader()
  let [text, length] = ['', 0]
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.length
    if (length > MAX_BODY_BYTES) {
      await reader.cancel()
      return undefined
    }
    text += decoder.decode(part.value, { stream: true })
  }
  return text + decoder.decode()
}
