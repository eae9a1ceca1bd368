import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createHttpPages } from '../../src/server/http-pages'
import { createMetrics } from '../../src/server/metrics'

describe('pages when things are wrong', () => {
  let http: Server
  let url: string
  const errors: string[] = []
  const quiet = () => {}

  beforeEach(async () => {
    errors.length = 0
    const pages = createHttpPages({
      publicUrl: () => 'http://tutti.example',
      spoken: [],
      roomExists: async () => {
        throw new Error('the disk is gone')
      },
      roomCount: () => 3,
      probe: async () => {
        throw new Error('no space left on /secret/place')
      },
      metrics: createMetrics(),
      log: { debug: quiet, info: quiet, warn: quiet, error: (_, sentence) => void errors.push(sentence) },
    })
    http = createServer(pages)
    await new Promise<void>((ready) => http.listen(0, '127.0.0.1', ready))
    url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  })
  afterEach(() => new Promise((done) => http.close(done)))

  it('[S65] a store that can not be written is not healthy; the reason is for the log', async () => {
    const health = await fetch(`${url}/health`)
    expect(health.status).toBe(503)
    expect(await health.json()).toEqual({ ok: false, store: 'not writable', rooms: 3 })
    expect(errors).toEqual(['the store can not be written'])
  })

  it('[S64] a failure is answered and logged, and tells a stranger nothing', async () => {
    const answer = await fetch(`${url}/j/k7m2qp`)
    expect(answer.status).toBe(500)
    expect(await answer.text()).not.toContain('disk')
    expect(errors).toEqual(['a request failed'])
  })
})
