import { describe, expect, it } from 'vitest'
import type { RoomEvent } from '../../../src/core/room/event'
import { foreignMember, foreignRoom } from '../../../src/core/room/foreign-room'
import type { Act } from '../../../src/core/room/room'
import { filmLine, filmNow } from '../../../src/dialects/pianorhythm/film'

const ann = foreignMember({ id: 'a', name: 'Ann', role: 'host', dialect: 'tutti' })
const room = { ...foreignRoom({ dialect: 'x', code: 'abcdef', control: 'host', nowMs: 0 }), members: [ann] }
const line = (act: Partial<Act> & Pick<Act, 'kind'>): string | undefined => {
  const event: RoomEvent = {
    type: 'timeline-changed',
    timeline: { current: { positionSec: 0, rate: 0.5, playing: true, atMs: 0 } },
    act: { memberId: 'a', atMs: 0, fromSec: 0, toSec: 3_725, ...act },
  }
  return filmLine(event, room)
}

describe('what is told of the film', () => {
  it('[PR20] each act has a sentence; a move by less than a second and what follows from a media have none', () => {
    const kinds = ['play', 'pause', 'seek', 'set-rate', 'wait', 'go-on', 'set-media'] as const
    expect(kinds.map((kind) => line({ kind }))).toEqual([
      'Ann started the film at 1:02:05.',
      'Ann stopped the film at 1:02:05.',
      'Ann moved the film to 1:02:05.',
      "Ann set the film's speed to 0.5.",
      'The film waits for Ann.',
      'The film goes on.',
      undefined,
    ])
    expect(line({ kind: 'seek', fromSec: 3_724.5 })).toBeUndefined()
    expect(line({ kind: 'play', memberId: 'gone' })).toBe('Somebody started the film at 1:02:05.')
    expect(filmLine({ type: 'media-changed' }, room)).toBe('Nothing is playing.')
    expect(filmNow(room, 0)).toBeUndefined()
  })
})
