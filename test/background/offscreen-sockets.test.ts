import { beforeEach, describe, expect, it } from 'vitest'
import { createOffscreenSockets } from '../../src/background/offscreen-sockets'
import { type BackgroundToOffscreen, carried, uncarried } from '../../src/messages/offscreen'
import type { MessagePort } from '../../src/platform/port'
import type { Frame } from '../../src/platform/socket'
import { settle } from '../doubles/manual-clock'

describe('sockets in a document that nobody sees', () => {
  const said: BackgroundToOffscreen[] = []
  const heard: unknown[] = []
  const did: string[] = []
  let hear: (message: unknown) => void
  let lose: () => void
  const port: MessagePort = {
    post: (message) => void said.push(message as BackgroundToOffscreen),
    onMessage(handle) {
      hear = handle
    },
    onDisconnect(handle) {
      lose = handle
    },
    disconnect() {},
  }
  const handlers = {
    onOpen: () => void heard.push('open'),
    onFrame: (frame: Frame) => void heard.push(frame),
    onClose: (code: number) => void heard.push(code),
  }
  const start = (can: boolean) =>
    createOffscreenSockets({
      openPlain: (url) => {
        did.push(`plain ${url}`)
        return { send() {}, close() {} }
      },
      canChange: () => can,
      change: async (url, headers) => void did.push(`rule ${url} ${JSON.stringify(headers)}`),
      openDocument: async () => void did.push('document'),
      closeDocument: async () => void did.push('no document'),
    })

  beforeEach(() => {
    said.length = heard.length = did.length = 0
  })

  it('[B46] a handshake that has to be another is changed by a rule, and its socket lies in the document', async () => {
    const sockets = start(true)
    const socket = sockets.openSocket('wss://party.example/ws', handlers, { origin: null })
    await settle()
    expect(did).toEqual(['rule wss://party.example/ws {"origin":null}', 'document'])
    sockets.documentOpened(port)
    expect(said).toEqual([{ type: 'open', socket: 1, url: 'wss://party.example/ws' }])
    hear({ type: 'opened', socket: 1 })
    socket.send('hello')
    socket.send(new Uint8Array([0, 255]))
    hear({ type: 'frame', socket: 1, frame: carried('welcome') })
    hear({ type: 'frame', socket: 1, frame: carried(new Uint8Array([7, 128])) })
    hear({ type: 'nonsense' })
    hear({ type: 'closed', socket: 1, code: 4001, reason: '' })
    expect(said.slice(1).map((message) => message.type === 'send' && uncarried(message.frame))).toEqual([
      'hello',
      new Uint8Array([0, 255]),
    ])
    expect(heard).toEqual(['open', 'welcome', new Uint8Array([7, 128]), 4001])
    expect(did.at(-1)).toBe('no document')
  })

  it('[B46] a document that goes away closes its sockets, once', async () => {
    const sockets = start(true)
    sockets.openSocket('wss://party.example/ws', handlers, { origin: null })
    await settle()
    sockets.documentOpened(port)
    lose()
    hear({ type: 'closed', socket: 1, code: 1000, reason: '' })
    expect(heard).toEqual([1006])
  })

  it('[B46] others, and all where the browser can not, are opened as they are', () => {
    start(true).openSocket('wss://tutti.example/tutti', handlers)
    start(false).openSocket('wss://party.example/ws', handlers, { origin: null })
    expect(did).toEqual(['plain wss://tutti.example/tutti', 'plain wss://party.example/ws'])
  })
})
