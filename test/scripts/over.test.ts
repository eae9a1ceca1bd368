import { describe, expect, it } from 'vitest'
import { unlessOver } from '../../scripts/start/over.mjs'

describe('ending while something is being opened', () => {
  it('[E4] gives the work up at once, and a failure that comes of ending is none', async () => {
    const ending = new AbortController()
    let fail = (_error: Error) => {}
    const work = unlessOver(
      ending.signal,
      () =>
        new Promise<string>((_, reject) => {
          fail = reject
        }),
    )
    ending.abort()
    expect(await work).toBeUndefined()
    fail(new Error('the browser is gone'))
    expect(await unlessOver(ending.signal, () => Promise.reject(new Error('gone')))).toBeUndefined()
  })

  it('[E4] a failure a moment ahead of the signal is none, too', async () => {
    const ending = new AbortController()
    const work = unlessOver(ending.signal, () => Promise.reject(new Error('The build failed.')))
    setImmediate(() => ending.abort())
    expect(await work).toBeUndefined()
  })

  it('[E4] otherwise the work’s own outcome counts', async () => {
    const { signal } = new AbortController()
    expect(await unlessOver(signal, () => Promise.resolve('open'))).toBe('open')
    await expect(unlessOver(signal, () => Promise.reject(new Error('no browser')))).rejects.toThrow('no browser')
  })
})
