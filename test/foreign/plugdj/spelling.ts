/** How plug.dj spells things: its envelope, its escaping, and the same events as other pages of its documentation spell them. */
import type { Reply } from '../house'
import { fieldsOf, textOf } from '../json'
import type { Done, Refused } from './rest'

const isRefused = (done: Done): done is Refused => !Array.isArray(done)

export function envelope(done: Done, tookSec: string | number): Reply {
  const [status, data, code] = isRefused(done)
    ? [done.status, done.text === undefined ? [] : [done.text], done.status === 'notAuthorized' ? 403 : 400]
    : ['ok', done, 200]
  return {
    status: code,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ data, meta: {}, status, time: tookSec }),
  }
}

export const escape = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&#34;').replace(/'/g, '&#39;')

type Event = { readonly a: string; readonly p?: unknown; readonly s: string }

/** The same event as other pages of the documentation spell it. */
export function odd(event: Event): Event[] {
  const p = fieldsOf(event.p)
  switch (event.a) {
    case 'djListCycle': {
      const { f: c, ...rest } = p
      return [{ ...event, p: { ...rest, c } }]
    }
    case 'modStaff':
      return [{ ...event, p: JSON.parse(JSON.stringify(p).replace(/"p":(\d)000/g, '"p":$1')) as unknown }]
    case 'modWaitlistBan':
      return [{ ...event, p: { ...p, d: 'h' } }]
    case 'roomMinChatLevelUpdate':
      return [{ ...event, a: 'roomMinChatLevel' }]
    case 'ack':
      return [event, { a: 'surprise', s: 'dashboard' }, { a: 'surprise', p: null, s: 'dashboard' }]
    case 'userJoin':
      // The page's example of friendJoin says `chat`, with a user object for a line.
      return [
        { ...event, p: { ...p, role: Number(textOf(p['role']) ?? p['role']) / 1000 } },
        { a: 'chat', p, s: 'dashboard' },
      ]
    case 'advance':
      return [
        event.p === null || !p['m']
          ? event
          : { ...event, p: { ...p, m: { ...fieldsOf(p['m']), duration: String(fieldsOf(p['m'])['duration']) } } },
      ]
    default:
      return [event]
  }
}
