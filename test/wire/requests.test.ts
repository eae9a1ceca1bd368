import { afterEach, beforeEach, expect, it } from 'vitest'
import type { HttpRequest } from '../../src/dialects/dialect'
import { createHttpServer, type HttpServer } from '../../src/server/http-server'
import { LIMITS } from '../../src/server/limits'
import { createPlainWire } from '../doubles/plain-wire'

const quiet = () => {}
let server: HttpServer
let base: string
const asked: { readonly wire: string; readonly request: HttpRequest; readonly address: string }[] = []

beforeEach(async () => {
  asked.length = 0
  server = createHttpServer({
    dialects: [createPlainWire()],
    sessions: {
      attach: () => ({ receive: quiet, roundTrip: quiet, closed: quiet }),
      async request(wire, request, address) {
        asked.push({ wire, request, address })
        if (request.body === 'odd') return { status: 200, headers: { location: '/\r\nset-cookie: a=b' }, body: '' }
        return { status: 201, headers: { 'set-cookie': 'session=a|b' }, body: 'Made' }
      },
      sockets: () => 0,
      members: () => 0,
      close: quiet,
    },
    pages: (_, response) => void response.end('a page'),
    limits: LIMITS,
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  })
  base = `http://127.0.0.1:${await server.listen('127.0.0.1', 0)}`
})
afterEach(() => server.close())

it('[S95] a request under the prefix of a wire reaches it whole, and its answer comes back', async () => {
  const response = await fetch(`${base}/plain/rooms/ü?page=2`, {
    method: 'PUT',
    headers: { Authorization: 'Bearer x' },
    body: '{"name":"Köln"}',
  })
  expect([response.status, response.headers.get('set-cookie'), await response.text()]).toEqual([
    201,
    'session=a|b',
    'Made',
  ])
  expect(asked).toMatchObject([
    {
      wire: 'plain',
      address: '127.0.0.1',
      request: { method: 'PUT', path: '/plain/rooms/%C3%BC', query: { page: '2' }, body: '{"name":"Köln"}' },
    },
  ])
  expect(asked[0]?.request.headers['authorization']).toBe('Bearer x')
})

it('[S95] others are pages, as before', async () => {
  expect(await (await fetch(`${base}/plain`)).text()).toBe('a page')
  expect(asked).toEqual([])
})

it('[S99] a request that is too long is answered with 413, and its socket is closed', async () => {
  const response = await fetch(`${base}/plain/rooms`, { method: 'POST', body: 'x'.repeat(1025) })
  expect([response.status, response.headers.get('connection')]).toEqual([413, 'close'])
  expect(asked).toEqual([])
})

it('[S101] an answer that can not be sent as it is costs nobody else: it is a 500, without what was in it', async () => {
  const response = await fetch(`${base}/plain/rooms`, { method: 'POST', body: 'odd' })
  expect([response.status, response.headers.get('location'), response.headers.get('set-cookie')]).toEqual([
    500,
    null,
    null,
  ])
  expect((await fetch(`${base}/plain/rooms`)).status).toBe(201)
})
