/** One Chromium and one Firefox in one room. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { takePicture } from '../../scripts/start/picture.mjs'
import { holdsTogether } from './together'

describe('Chromium with Firefox', () => {
  const stage = holdsTogether(['chromium', 'firefox'])

  it('[E9] a picture of both pages shows the same frame of the film', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tutti-picture-'))
    try {
      const path = join(folder, 'running.png')
      const seats = await Promise.all(
        stage.guests.map(async (guest) => ({ ...guest, popup: await guest.browser.openPopup() })),
      )
      const [one, other] = await takePicture(seats, path)
      expect(one).toBeGreaterThan(0)
      expect(other).toBe(one)
      const picture = await readFile(path)
      expect(picture.subarray(1, 4).toString()).toBe('PNG')
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
