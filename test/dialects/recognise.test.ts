import { describe, expect, it } from 'vitest'
import { recognise, recogniseToken } from '../../src/dialects/recognise'

describe('what somebody pasted', () => {
  it.each(['k7m2qp', '  K7M2QP ', 'k7m 2qp', 'K7M-2QP'])('[U6] "%s" is a code', (text) => {
    expect(recognise(text)).toEqual({ kind: 'code', code: 'k7m2qp' })
  })

  it.each([
    ['https://rooms.example/j/k7m2qp', 'https://rooms.example'],
    ['HTTPS://Rooms.Example/j/K7M2QP', 'https://rooms.example'],
    ['https://rooms.example:8443/j/k7m2qp/?from=mail#x', 'https://rooms.example:8443'],
    ['http://192.168.1.7:4747/j/k7m2qp', 'http://192.168.1.7:4747'],
    ['Join us: https://rooms.example/j/k7m2qp tonight', 'https://rooms.example'],
    ['Come to https://rooms.example/j/k7m2qp.', 'https://rooms.example'],
    ['(<https://rooms.example/j/k7m2qp>)', 'https://rooms.example'],
    ['rooms.example/j/k7m2qp', 'rooms.example'],
    ['localhost:4747/j/k7m2qp', 'localhost:4747'],
    ['http://[::1]:4747/j/k7m2qp', 'http://[::1]:4747'],
  ])('[U6] "%s" is an invite to %s', (text, server) => {
    const host = server.replace(/^https?:\/\//, '')
    expect(recognise(text)).toEqual({ kind: 'invite', server, host, code: 'k7m2qp' })
  })

  it.each([
    '',
    'k7m2q',
    'k7m2qpp',
    'k7m2q1',
    'https://rooms.example/k7m2qp',
    'https://rooms.example/j/k7%6d2qp',
    'https://rooms.example/j/ab',
    'https://user:word@rooms.example/j/k7m2qp',
    'ftp://rooms.example/j/k7m2qp',
    'javascript:alert(1)//j/k7m2qp',
    'see rooms.example, then k7m2qp',
    'https://-rooms.example/j/k7m2qp',
    'https://rooms.example:99999/j/k7m2qp',
  ])('[U6] "%s" is neither', (text) => {
    expect(recognise(text)).toBeUndefined()
  })

  it('[U6] a link by a name of the room, or with what the host signed, is an invite, too', () => {
    const link = { kind: 'invite', server: 'https://rooms.example', host: 'rooms.example' }
    expect(recognise('https://rooms.example/j/Movie-Night')).toEqual({ ...link, code: 'movie-night' })
    const signed = { ...link, code: 'k7m2qp', invite: 'eyJh.eyJz.c2ln' }
    expect(recognise('Come: https://rooms.example/j/k7m2qp?invite=eyJh.eyJz.c2ln tonight')).toEqual(signed)
    expect(recognise('https://rooms.example/j/k7m2qp?from=mail&invite=eyJh.eyJz.c2ln#x')).toEqual(signed)
    expect(recognise(`https://rooms.example/j/k7m2qp?invite=${'x'.repeat(1001)}`)).toEqual({ ...link, code: 'k7m2qp' })
  })

  it('[A16] a token is recognised wherever it stands in what was pasted, and nothing else is taken for one', () => {
    const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm5hIn0.c2lnbmF0dXJlLQ_x'
    for (const text of [token, `  ${token}\n`, `This is me:\n${token} `]) expect(recogniseToken(text)).toBe(token)
    const others = [
      '',
      'k7m2qp',
      'https://rooms.example/j/k7m2qp',
      'a.b.c',
      `x${token}`,
      `${token}.x`,
      `eyJ${'x'.repeat(9_000)}.${token}`,
    ]
    for (const text of others) expect(recogniseToken(text)).toBeUndefined()
  })
})
