import { SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { createIdentities } from '../../src/server/identity'
import { createInvites } from '../../src/server/invites'
import { createManualClock } from '../doubles/manual-clock'
import { createSeededRandom } from '../doubles/seeded-random'

const clock = createManualClock(1_800_000_000_000)
const secret = new Uint8Array(32).fill(7)
const invites = createInvites({ secret, clock })
const INVITE = { roomId: 'a-room', role: 'member', mark: 'mark' } as const
const soonMs = clock.nowMs() + 60_000

describe('invites', () => {
  it('[A12] say which room, as what, and until when', async () => {
    const text = await invites.sign(INVITE, soonMs)
    expect(text.length).toBeLessThan(400)
    expect(await invites.read(text)).toEqual(INVITE)
    const later = createInvites({ secret, clock: createManualClock(soonMs) })
    expect(await later.read(text)).toBeUndefined()
  })

  it('[A12] nobody can make one, make it last, or make it good for more', async () => {
    const text = await invites.sign(INVITE, soonMs)
    const [head = '', body = '', signature = ''] = text.split('.')
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>
    const other = (changed: object): string =>
      [head, Buffer.from(JSON.stringify({ ...claims, ...changed })).toString('base64url'), signature].join('.')
    const sign = (payload: Record<string, unknown>, key = secret): Promise<string> =>
      new SignJWT(payload).setProtectedHeader({ alg: 'HS256' }).sign(key)
    const forged = [
      '',
      'nonsense',
      other({ role: 'host' }),
      other({ exp: 9e9 }),
      other({ sub: 'another-room' }),
      await sign(claims, new Uint8Array(32).fill(8)),
      await sign({ ...claims, role: 'host' }),
      await sign({ ...claims, exp: undefined }),
      await sign({ ...claims, iss: 'tutti' }),
    ]
    for (const text of forged) expect(await invites.read(text)).toBeUndefined()
  })

  it('[A12] an invite is nobody’s identity, and an identity invites nobody', async () => {
    const people = createIdentities({ secret, clock, random: createSeededRandom(1) })
    const anna = await people.identify(undefined)
    expect(await invites.read(anna.token)).toBeUndefined()
    expect(await people.identify(await invites.sign(INVITE, soonMs))).toMatchObject({ isNew: true })
  })
})
