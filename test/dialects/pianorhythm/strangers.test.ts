import { describe, expect, it } from 'vitest'
import { SystemCommandType, UserStatus } from '../../../src/dialects/pianorhythm/built/pianorhythm_pb'
import { entered } from '../../../src/dialects/pianorhythm/way'
import { writeBatch } from '../../../src/dialects/pianorhythm/wire'
import { aPianoCalled, join, twoPianos, wire } from './a-piano'

const heartbeats = (count: number): Uint8Array =>
  writeBatch(Array.from({ length: count }, () => ({ case: 'heartbeatMessage', value: { timestamp: 1n } }) as const))

describe('who says much', () => {
  it('[PR30] is heard a thousand messages at once, each of a batch counted; more is an error, and later they are heard again', async () => {
    const at = await wire()
    const { ann, ben } = await twoPianos(at)
    for (let batch = 0; batch < 20; batch += 1) await ben.frame(heartbeats(64))
    const news = ben.news()
    const answered = news.filter(({ is }) => is === 'heartbeatMessage').length
    expect(answered).toBeGreaterThan(900)
    expect(answered).toBeLessThanOrEqual(1_000)
    expect(news.at(-1)).toMatchObject({ is: 'errorMessage', errorCode: 'RATE_LIMITED' })
    await at.clock.advance(6_000)
    await ben.frame(heartbeats(64))
    expect(ben.news().filter(({ is }) => is === 'heartbeatMessage')).toHaveLength(64)
    expect(ann.news()).toEqual([])
  })

  it('[PR31] asks for the state again and again without others being asked, and still sees nobody who wants not to be seen', async () => {
    const at = await wire()
    const { ann, ben, code } = await twoPianos(at)
    await ann.say({ case: 'userStatusUpdate', value: { status: UserStatus.INVISIBLE } })
    const cem = await aPianoCalled(at, 'Cem')
    await cem.say(join('My Piano Room'))
    await cem.say({ case: 'systemCommand', value: { type: SystemCommandType.SYNC_STATE } }, 'again')
    expect(cem.last('roomJoinedResponse')).toMatchObject({
      requestId: 'again',
      currentUsers: [{ username: 'Ben' }, { username: 'Cem' }],
    })
    expect(ben.closedWith()).toBeUndefined()

    const room = at.host.room(code)
    if (!room) throw new Error('no room')
    const memberId = room.members[2]?.id ?? ''
    const seat = { memberId, room, shown: [], looks: {}, held: {}, extras: {} }
    const place = { at: 'busy', step: 'again', requestId: '', seat } as const
    const { outputs } = entered({ place, waiting: [], stamps: {} }, memberId, room, at.clock.nowMs())
    expect(outputs.map(({ kind }) => kind)).not.toContain('relay')
  })
})
