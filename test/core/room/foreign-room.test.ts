import { describe, expect, it } from 'vitest'
import {
  foreignItem,
  foreignMember,
  foreignRoom,
  isPlace,
  numberOf,
  partsSince,
  withChange,
  withChatLine,
  withLine,
} from '../../../src/core/room/foreign-room'
import { controlOf, mayControl } from '../../../src/core/room/permissions'
import { ROOM_LIMITS } from '../../../src/core/room/room'
import { tellRoom } from '../../../src/dialects/tell-room'

const room = foreignRoom({ dialect: 'elsewhere', code: 'Movie Night', control: 'host', nowMs: 1_000 })
const ada = foreignMember({ id: 'a', name: 'Ada', role: 'host', dialect: 'elsewhere' })
const bob = foreignMember({ id: 'b', name: 'Bob', role: 'guest', dialect: 'elsewhere' })

describe('the copy of a foreign room', () => {
  it('[FR1] begins empty and standing still, under the name that its system has for it', () => {
    expect(room).toMatchObject({ code: 'Movie Night', rev: 1, members: [], chat: [] })
    expect(room.timeline).toEqual({ current: { positionSec: 0, rate: 1, playing: false, atMs: 1_000 } })
    expect(controlOf(room)).toBe('host')
    const peopled = withChange(room, { members: [ada, bob] })
    expect([mayControl(peopled, 'a'), mayControl(peopled, 'b')]).toEqual([true, false])
  })

  it('[FR2] changes by whole parts, each change one rev; what differs is told, and the whole room where a part is gone', () => {
    const peopled = withChange(room, { members: [ada] })
    const item = foreignItem({ id: 'film', content: { address: 'https://films.example/1', title: 'A film' } })
    const showing = withChange(peopled, { media: item })
    expect(showing.rev).toBe(3)
    expect(partsSince(peopled, showing)).toEqual({ media: item })
    expect(tellRoom(undefined, peopled, 'a')).toEqual([{ kind: 'entered', memberId: 'a', room: peopled }])
    expect(tellRoom(peopled, showing, 'a')).toEqual([{ kind: 'replaced', part: { media: item } }])
    expect(tellRoom(showing, showing, 'a')).toEqual([])
    const over = withChange(showing, { media: undefined })
    expect(over).not.toHaveProperty('media')
    expect(tellRoom(showing, over, 'a')).toEqual([{ kind: 'entered', memberId: 'a', room: over }])
  })

  it('[FR3] takes the line that the system tells, at once or from an instant ahead, and who moved it where somebody did', () => {
    const playing = withLine(room, { positionSec: 60, playing: true, atMs: 2_000 }, 2_000)
    expect(playing.timeline).toEqual({ current: { positionSec: 60, rate: 1, playing: true, atMs: 2_000 } })
    expect(playing).not.toHaveProperty('lastAct')
    const sought = withLine(playing, { positionSec: 90, playing: true, atMs: 5_000 }, 4_000, {
      kind: 'seek',
      memberId: 'a',
    })
    expect(sought.timeline.current).toEqual(playing.timeline.current)
    expect(sought.timeline.next).toMatchObject({ positionSec: 90, atMs: 5_000 })
    expect(sought.lastAct).toEqual({ kind: 'seek', memberId: 'a', atMs: 4_000, fromSec: 62, toSec: 90 })
    expect(withLine(room, { positionSec: -3, playing: false, atMs: 0, rate: 99 }, 1).timeline.current).toMatchObject({
      positionSec: 0,
      rate: ROOM_LIMITS.maxRate,
    })
  })

  it('[FR9] knows which places somebody may want to go to', () => {
    expect([isPlace(0), isPlace(ROOM_LIMITS.maxPositionSec), isPlace(86_400, 86_400)]).toEqual([true, true, true])
    expect([isPlace(-0.1), isPlace(Number.NaN), isPlace(Infinity), isPlace(86_401, 86_400)]).toEqual(
      Array(4).fill(false),
    )
  })

  it('[FR4] makes what strangers wrote fit to show: names, lines and titles have their bounds', () => {
    expect(foreignMember({ id: 'x', name: '\u200b', role: 'guest', dialect: 'e' }).shown.name).toBe('Somebody')
    expect(foreignMember({ id: 'x', name: 'n'.repeat(99), role: 'guest', dialect: 'e' }).shown.name).toHaveLength(32)
    const half = withChatLine(room, { text: `${'a'.repeat(ROOM_LIMITS.lineLength - 1)}🎬`, atMs: 1 }).chat[0]
    expect(half?.content.text).toBe('a'.repeat(ROOM_LIMITS.lineLength - 1))
    expect(withChatLine(room, { text: ' \u0000 ', atMs: 1 })).toBe(room)
    const long = foreignItem({ id: 'i', content: { address: 'a'.repeat(2_001), title: 't'.repeat(999) } })
    expect(long.content).toEqual({ address: '', title: 't'.repeat(ROOM_LIMITS.titleLength) })
  })

  it('[FR5] keeps the last lines of the chat, each with a number of its own and the name of who said it', () => {
    let talking = withChange(room, { members: [ada] })
    for (let n = 0; n < ROOM_LIMITS.lines + 2; n += 1) {
      talking = withChatLine(talking, { text: `line ${n}`, memberId: 'a', atMs: n })
    }
    expect(talking.chat).toHaveLength(ROOM_LIMITS.lines)
    expect(talking.chat.at(-1)).toMatchObject({
      number: ROOM_LIMITS.lines + 2,
      memberId: 'a',
      content: { text: `line ${ROOM_LIMITS.lines + 1}`, name: 'Ada' },
    })
    expect(new Set(talking.chat.map(({ id }) => id)).size).toBe(ROOM_LIMITS.lines)
  })

  it('[FR6] gives people and items a number of 31 bits that is the same each time, unless the system counts them', () => {
    expect(ada.number).toBe(foreignMember({ id: 'a', name: 'Else', role: 'guest', dialect: 'elsewhere' }).number)
    expect(foreignMember({ id: 'a', number: 7, name: 'A', role: 'guest', dialect: 'e' }).number).toBe(7)
    for (const name of ['', 'a', 'ffffff', '🎬'.repeat(50)]) {
      const number = numberOf(name)
      expect(Number.isInteger(number) && number > 0 && number < 2 ** 31).toBe(true)
    }
  })
})
