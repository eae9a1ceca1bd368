/**
 * A background that its browser would like to stop, because nothing happens: while in a room it is kept. Nothing of ours is
 * attached to it here, because that alone would keep it, and its page has no player, so only the room's wire has anything
 * to do. The server says whether the socket lived.
 */
import { expect, it } from 'vitest'
import { joinRoom, part, startRoom, untilPeople } from '../../scripts/drive/tutti-popup.mjs'
import { until } from '../../scripts/drive/until.mjs'
import { inPopup, setStage } from './stage'

/** Firefox's usual 30 s, made short. */
const IDLE_MS = 3000
/** Chromium's 30 s can't be changed. */
const CHROMIUM_IDLE_MS = 30_000
const stage = setStage(['chromium', 'firefox'], { idleMs: IDLE_MS, leaveBackground: true })

const sockets = () => stage.server.log().filter((line) => line.includes('a socket is'))

it('[E24] a background with nothing to do stays as long as there is a room, and not longer', async () => {
  const [chromium, firefox] = [stage.guest(0), stage.guest(1)]
  const code = await inPopup(chromium, (popup) => startRoom(popup, chromium.name))
  await inPopup(firefox, (popup) => joinRoom(popup, firefox.name, code))
  for (const { page } of stage.guests) await page.goto(`${stage.film.address}/no-video.html`)
  const before = sockets()
  const sinceMs = performance.now()
  await until('nothing has happened for long', () => performance.now() - sinceMs > CHROMIUM_IDLE_MS + 2000, 40_000)
  expect(before).toHaveLength(2)
  expect(sockets()).toEqual(before)
  expect(await firefox.browser.isBackgroundRunning()).toBe(true)
  await inPopup(firefox, async (popup) => {
    await untilPeople(popup, 'both are there', (people) => people.length === 2)
    await popup.click(part('leave'))
    await popup.waitFor(part('join-text'))
  })
  await until('Firefox stops it once the room is left', async () => !(await firefox.browser.isBackgroundRunning()))
})
