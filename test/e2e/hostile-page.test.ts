import { describe, expect, it } from 'vitest'
import { readPlayer } from '../../scripts/drive/film-page.mjs'
import { startRoom } from '../../scripts/drive/tutti-popup.mjs'
import { until } from '../../scripts/drive/until.mjs'
import type { RoomClientState } from '../../src/client/room-client'
import { watchedClient } from '../doubles/watched-client'
import { inPopup, setStage } from './stage'

const stage = setStage(['chromium'])

const roomIn = (state: RoomClientState) => (state.kind === 'in-room' ? state.room : undefined)

/** Runs in the page. */
async function makeUpEvents(): Promise<void> {
  const video = document.querySelector('video')
  const names = ['play', 'pause', 'seeking', 'seeked', 'ratechange', 'waiting', 'playing', 'ended', 'emptied', 'error']
  for (let round = 0; round < 100; round += 1) {
    for (const name of [...names, 'loadedmetadata', 'canplay']) video?.dispatchEvent(new Event(name))
    for (const name of ['pointerdown', 'click', 'keydown']) window.dispatchEvent(new Event(name))
    await new Promise((next) => setTimeout(next, 5))
  }
}

describe('a page that means no good', () => {
  it('[P22] makes up events by the hundred, and nothing is said in the name of its visitor', async () => {
    const { page, name } = stage.guest(0)
    const code = await inPopup(stage.guest(0), (popup) => startRoom(popup, name))
    const other = watchedClient()
    try {
      other.client.enter({ server: stage.server.address, door: { kind: 'code', code } })
      const { rev } = roomIn(await other.until((state) => roomIn(state) !== undefined)) ?? { rev: 0 }
      await page.evaluate(makeUpEvents)
      expect(await other.client.command({ type: 'seek', positionSec: 20 })).toBeUndefined()
      await until('the player follows', async () => Math.abs((await readPlayer(page)).positionSec - 20) < 0.05)
      expect(roomIn(other.client.state())?.rev).toBe(rev + 1)
    } finally {
      other.client.leave()
    }
  })
})
