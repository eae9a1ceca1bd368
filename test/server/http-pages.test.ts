import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createHttpPages, type HttpPagesDeps } from '../../src/server/http-pages'
import { createGuesses, LIMITS } from '../../src/server/limits'
import { createMetrics } from '../../src/server/metrics'

describe('pages when things are wrong, or somebody wants too much', () => {
  let http: Server
  let url: string
  let nowMs: number
  let codeOf: HttpPagesDeps['codeOf']
  let probe: HttpPagesDeps['probe']
  const errors: string[] = []
  const quiet = () => {}

  beforeEach(async () => {
    errors.length = 0
    nowMs = 5_000
    codeOf = async () => undefined
    probe = async () => {}
    const pages = createHttpPages({
      publicUrl: () => 'http://tutti.example',
      spoken: [],
      codeOf: (text) => codeOf(text),
      inviteCounts: async (code, invite) => code === 'k7m2qp' && invite === 'good',
      roomCount: () => 3,
      probe: () => probe(),
      guesses: createGuesses(LIMITS),
      clock: { nowMs: () => nowMs },
      metrics: createMetrics(),
      log: { debug: quiet, info: quiet, warn: quiet, error: (_, sentence) => void errors.push(sentence) },
    })
    http = createServer(pages)
    await new Promise<void>((ready) => http.listen(0, '127.0.0.1', ready))
    url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  })
  afterEach(() => new Promise((done) => http.close(done)))

  it('[S65] a store that can not be written is not healthy; the reason is for the log', async () => {
    probe = async () => {
      throw new Error('no space left on /secret/place')
    }
    const health = await fetch(`${url}/health`)
    expect(health.status).toBe(503)
    expect(await health.json()).toEqual({ ok: false, store: 'not writable', rooms: 3 })
    expect(errors).toEqual(['the store can not be written'])
  })

  it('[S64] a failure is answered and logged, and tells a stranger nothing', async () => {
    codeOf = async () => {
      throw new Error('the disk is gone')
    }
    const answer = await fetch(`${url}/j/k7m2qp`)
    expect(answer.status).toBe(500)
    expect(await answer.text()).not.toContain('disk')
    expect(errors).toEqual(['a request failed'])
  })

  it('[S65] however often somebody asks, the store is looked at once a second', async () => {
    let looks = 0
    probe = async () => {
      looks += 1
    }
    const statuses = await Promise.all(Array.from({ length: 20 }, async () => (await fetch(`${url}/health`)).status))
    expect(new Set(statuses)).toEqual(new Set([200]))
    expect(looks).toBe(1)
    nowMs += 1_000
    await fetch(`${url}/health`)
    expect(looks).toBe(2)
  })

  it('[S33] who tries code after code is told to wait, also at one that is right; others are not', async () => {
    const ask = async (code: string, from: string): Promise<number> =>
      (await fetch(`${url}/j/${code}`, { headers: { 'x-forwarded-for': from } })).status
    codeOf = async (code) => (code === 'k7m2qp' ? code : undefined)
    for (let visit = 0; visit < 2 * LIMITS.missesPerMinute; visit++) expect(await ask('k7m2qp', '192.0.2.1')).toBe(200)
    const misses = await Promise.all(
      Array.from({ length: LIMITS.missesPerMinute + 5 }, () => ask('zzzzzz', '192.0.2.1')),
    )
    expect(misses.filter((status) => status === 404)).toHaveLength(LIMITS.missesPerMinute)
    expect(await ask('k7m2qp', '192.0.2.1')).toBe(429)
    expect(await ask('k7m2qp', '192.0.2.2')).toBe(200)
    const told = await fetch(`${url}/j/zzzzzz`, { headers: { 'x-forwarded-for': '192.0.2.1' } })
    expect(await told.text()).toMatch(/^[A-Z].+ Wait a minute, then try again\.\n$/)
  })

  it('[A13] an invite in the link is kept while it counts, and said to be over when it does not', async () => {
    codeOf = async (text) => (text === 'movie-night' ? 'k7m2qp' : undefined)
    const page = async (query: string): Promise<string> => (await fetch(`${url}/j/movie-night${query}`)).text()
    expect(await page('?invite=good')).toContain('http://tutti.example/j/k7m2qp?invite=good<')
    expect(await page('?invite=bad')).toContain('does not count any more')
    expect(await page('?invite=bad')).not.toContain('invite=bad')
    expect(await page('')).toContain('http://tutti.example/j/k7m2qp<')
  })
})
