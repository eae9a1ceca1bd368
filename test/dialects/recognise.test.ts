import { describe, expect, it } from 'vitest'
import { recognise } from '../../src/dialects/recognise'

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
    'https://rooms.example/j/k7m2q0',
    'https://user:word@rooms.example/j/k7m2qp',
    'ftp://rooms.example/j/k7m2qp',
    'javascript:alert(1)//j/k7m2qp',
    'see rooms.example, then k7m2qp',
    'https://-rooms.example/j/k7m2qp',
    'https://rooms.example:99999/j/k7m2qp',
  ])('[U6] "%s" is neither', (text) => {
    expect(recognise(text)).toBeUndefined()
  })
})
