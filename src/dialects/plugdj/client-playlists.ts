/**
 * What somebody brings to play goes into their active playlist, or into a first one of its own: several requests, one after the other. Pure.
 */
import * as z from 'zod/mini'
import type { Answered, Call } from './client-words'
import type { Media } from './media'

export type Bring = {
  readonly media: readonly Media[]
  /** Into the line as well. */
  readonly joins: boolean
}

/** What is under way for one ask. */
export type Bringing = Bring & { readonly step: 'list' | 'insert' | 'make' | 'activate' | 'join' }

export type Next =
  | { readonly kind: 'call'; readonly bringing: Bringing; readonly call: Call }
  | { readonly kind: 'done' }
  | { readonly kind: 'lost' }

/** All that it may take. */
export const MOST_CALLS = 4
const NAME = 'Tutti'
const playlist = z.object({ id: z.int().check(z.gte(0)), active: z.optional(z.unknown()) })

export function firstCall(bring: Bring): Extract<Next, { kind: 'call' }> {
  return { kind: 'call', bringing: { ...bring, step: 'list' }, call: { method: 'GET', path: 'playlists' } }
}

export function nextCall(bringing: Bringing, { data }: Extract<Answered, { ok: true }>): Next {
  const { media, joins } = bringing
  const call = (step: Bringing['step'], asked: Call): Next => ({
    kind: 'call',
    bringing: { ...bringing, step },
    call: asked,
  })
  const playlists = data.flatMap((each) => playlist.safeParse(each).data ?? [])
  switch (bringing.step) {
    case 'list': {
      const active = playlists.find((each) => each.active === true || each.active === 1)
      if (!active) return call('make', { method: 'POST', path: 'playlists', body: { name: NAME, media } })
      const path = `playlists/${active.id}/media/insert`
      return call('insert', { method: 'POST', path, body: { media, append: true } })
    }
    case 'make': {
      const [made] = playlists
      if (!made) return { kind: 'lost' }
      return call('activate', { method: 'PUT', path: `playlists/${made.id}/activate`, body: { id: made.id } })
    }
    case 'insert':
    case 'activate':
      return joins ? call('join', { method: 'POST', path: 'booth' }) : { kind: 'done' }
    case 'join':
      return { kind: 'done' }
  }
}
