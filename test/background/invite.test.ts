import { describe, expect, it } from 'vitest'
import { inviteLink, readInvite } from '../../src/background/invite'

describe('what a person pastes to join', () => {
  it.each(['k7m2qp', 'K7M2QP', ' k7m 2qp ', 'K7M-2QP'])('[B23] %j is a code', (text) => {
    expect(readInvite(text)).toEqual({ ok: true, invite: { code: 'k7m2qp' } })
  })

  it.each([
    ['https://tutti.example/j/k7m2qp', 'https://tutti.example'],
    ['http://127.0.0.1:4747/j/K7M2QP', 'http://127.0.0.1:4747'],
    ['192.168.1.20:4747/j/k7m2qp', 'http://192.168.1.20:4747'],
    ['tutti.example/j/k7m2qp', 'https://tutti.example'],
    ['Join us: https://tutti.example:8443/j/k7m2qp tonight', 'https://tutti.example:8443'],
  ])('[B23] %j is a link to a room at %s', (text, server) => {
    expect(readInvite(text)).toEqual({ ok: true, invite: { server, code: 'k7m2qp' } })
  })

  it('[B23] the link that we make is one that we read', () => {
    const link = inviteLink('https://tutti.example', 'k7m2qp')
    expect(readInvite(link)).toEqual({ ok: true, invite: { server: 'https://tutti.example', code: 'k7m2qp' } })
    const signed = inviteLink('https://tutti.example', 'k7m2qp', 'eyJh.eyJz.c2ln')
    expect(readInvite(signed)).toMatchObject({ invite: { code: 'k7m2qp', invite: 'eyJh.eyJz.c2ln' } })
  })

  it.each(['', 'hello', 'k7m2q', 'k7m2qpp', 'https://tutti.example/watch?v=1', 'https://tutti.example/j/'])(
    '[B24] %j is not understood',
    (text) => {
      expect(readInvite(text)).toEqual({ ok: false, problem: { kind: 'not-understood', text } })
    },
  )

  it('[B21] a link over the open internet without encryption is not followed', () => {
    expect(readInvite('http://tutti.example/j/k7m2qp')).toEqual({
      ok: false,
      problem: { kind: 'bad-server', text: 'http://tutti.example', why: 'needs-https' },
    })
  })
})
