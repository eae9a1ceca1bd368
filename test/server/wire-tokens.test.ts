import { SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { createWireTokens } from '../../src/server/wire-tokens'
import { createManualClock } from '../doubles/manual-clock'

const SECRET = 'a secret of more than thirty-two bytes'
const clock = createManualClock(1_800_000_000_000)
const nowSec = clock.nowMs() / 1000
const sign = (claims: Record<string, unknown>, secret = SECRET): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(secret))

describe('tokens of other wires', () => {
  const tokens = createWireTokens({ settings: { secret: SECRET }, clock })
  const named = { tokens: { audience: 'films', issuer: 'cinema' } }

  it('[SW2] count with our secret and until they end, with a minute for clocks that differ', async () => {
    expect(await tokens.verify({}, await sign({ sub: 'ada', exp: nowSec + 1 }))).toEqual({
      claims: { sub: 'ada', exp: nowSec + 1 },
    })
    expect(await tokens.verify({}, await sign({ exp: nowSec - 59 }))).toHaveProperty('claims')
    expect(await tokens.verify({}, await sign({ exp: nowSec - 61 }))).toEqual({ why: 'expired' })
    for (const bad of [await sign({ sub: 'ada' }), await sign({ exp: nowSec + 9 }, `${SECRET}!`), 'x', '']) {
      expect(await tokens.verify({}, bad)).toEqual({ why: 'invalid' })
    }
  })

  it('[SW2] name the audience and issuer that the wire wants, or those that the operator says', async () => {
    const film = await sign({ exp: nowSec + 9, aud: 'films', iss: 'cinema' })
    expect(await tokens.verify(named, film)).toHaveProperty('claims')
    expect(await tokens.verify(named, await sign({ exp: nowSec + 9, aud: 'films' }))).toEqual({ why: 'invalid' })
    const set = createWireTokens({ settings: { secret: SECRET, audience: 'mine' }, clock })
    expect(await set.verify(named, film)).toEqual({ why: 'invalid' })
    expect(await set.verify(named, await sign({ exp: nowSec + 9, aud: 'mine', iss: 'cinema' }))).toHaveProperty(
      'claims',
    )
  })

  it('[SW3] that we sign are such as we check, and end when they should', async () => {
    const token = await tokens.sign(named, { type: 'invite', room: 'r' }, 60_000)
    expect(await tokens.verify(named, token)).toMatchObject({
      claims: { type: 'invite', room: 'r', aud: 'films', iss: 'cinema', iat: nowSec, exp: nowSec + 60 },
    })
  })
})
