import { describe, expect, it } from 'vitest'
import { readServerAddress } from '../../src/background/server-address'

describe('a server address, as people write it', () => {
  it.each([
    ['https://tutti.example', 'https://tutti.example'],
    ['wss://Tutti.Example:8443/tutti?x#y', 'https://tutti.example:8443'],
    ['https://tutti.example:443/j/k7m2qp', 'https://tutti.example'],
    ['tutti.example', 'https://tutti.example'],
    ['  tutti.example:8443 ', 'https://tutti.example:8443'],
  ])('[B20] %s is %s', (text, server) => {
    expect(readServerAddress(text)).toEqual({ ok: true, server })
  })

  it.each([
    ['http://127.0.0.1:4747', 'http://127.0.0.1:4747'],
    ['ws://localhost:4747/tutti', 'http://localhost:4747'],
    ['localhost:4747', 'http://localhost:4747'],
    ['localhost:443', 'http://localhost:443'],
    ['nas:80', 'http://nas'],
    ['192.168.1.20:4747', 'http://192.168.1.20:4747'],
    ['http://10.0.0.5', 'http://10.0.0.5'],
    ['http://172.31.255.1', 'http://172.31.255.1'],
    ['http://[::1]:4747', 'http://[::1]:4747'],
    ['http://[fd00::1]', 'http://[fd00::1]'],
    ['http://nas:4747', 'http://nas:4747'],
    ['http://nas.local', 'http://nas.local'],
  ])('[B21] near at hand, %s may be plain: %s', (text, server) => {
    expect(readServerAddress(text)).toEqual({ ok: true, server })
  })

  it.each([
    'http://tutti.example',
    'ws://tutti.example',
    'http://172.32.0.1',
    'http://11.0.0.1',
    'http://192.169.0.1',
    'http://[2001:db8::1]',
    'http://127.0.0.1.evil.example',
    'http://fd00.evil.example',
  ])('[B21] over the open internet %s needs encryption', (text) => {
    expect(readServerAddress(text)).toEqual({ ok: false, why: 'needs-https' })
  })

  it.each([
    '',
    '   ',
    'ftp://tutti.example',
    'file:///etc/passwd',
    'javascript://alert(1)',
    'https://me:secret@tutti.example',
    'https://',
    'https://two words',
    'http://:4747',
  ])('[B22] %j is no server', (text) => {
    expect(readServerAddress(text)).toEqual({ ok: false, why: 'unreadable' })
  })
})
