/** What goes wrong for people: each gets a sentence where they look, and nothing is lost. */
import { beforeEach, describe, expect, it } from 'vitest'
import { clickPicture, type Page, untilPlaying } from '../../scripts/drive/film-page.mjs'
import { startRoomServer } from '../../scripts/drive/room-server.mjs'
import {
  chooseServer,
  joinRoom,
  part,
  startRoom,
  untilInRoom,
  untilPeople,
  untilReady,
} from '../../scripts/drive/tutti-popup.mjs'
import { until } from '../../scripts/drive/until.mjs'
import { fresh, inPopup, setStage, untilTogether } from './stage'

describe.each(['chromium', 'firefox'] as const)('bad input in %s', (kind) => {
  const stage = setStage([kind])
  beforeEach(() => fresh(stage))

  it('[E40] a page without a video says so, and offers no room to start', async () => {
    const guest = stage.guest(0)
    await guest.page.goto(`${stage.film.address}/no-video.html`)
    await inPopup(guest, async (popup) => {
      await popup.waitForText('No video on')
      expect(await popup.exists(`${part('start-room')}[disabled]`)).toBe(true)
    })
  })

  it('[E40] a video that appears after a click is found', async () => {
    const guest = stage.guest(0)
    await guest.page.goto(`${stage.film.address}/after-click.html`)
    await inPopup(guest, (popup) => popup.waitForText('No video on'))
    await guest.page.click('button')
    await inPopup(guest, async (popup) => {
      await untilReady(popup)
      expect(await startRoom(popup, 'Anna')).toHaveLength(6)
    })
  })

  it('[E41] a code that does not exist is told, and the way in stays open', async () => {
    await inPopup(stage.guest(0), async (popup) => {
      await untilReady(popup)
      await popup.type(part('join-text'), 'zzzzzz')
      await popup.click(part('join'))
      await popup.waitFor(part('problem'))
      expect(await popup.text(part('problem'))).toMatch(/room/i)
      await popup.waitFor(part('join-text'))
    })
  })

  it('[E41] what is neither a code nor a link is told', async () => {
    await inPopup(stage.guest(0), async (popup) => {
      await untilReady(popup)
      await popup.type(part('join-text'), 'not a code!')
      await popup.click(part('join'))
      await popup.waitFor(part('problem'))
      expect(await popup.text(part('problem'))).toContain('not a code!')
    })
  })

  it('[E42] a server that is not there is told; once it is there, it is found', async () => {
    const lost = await startRoomServer()
    await lost.stop()
    try {
      await inPopup(stage.guest(0), async (popup) => {
        await chooseServer(popup, lost.address)
        await untilReady(popup)
        await popup.click(part('start-room'))
        await popup.waitFor(part('problem'), 30_000)
        expect(await popup.text(part('problem'))).toContain(new URL(lost.address).host)
        await lost.startAgain()
        expect(await untilInRoom(popup)).toHaveLength(6)
        await popup.click(part('leave'))
        await popup.waitFor(part('join-text'))
        await chooseServer(popup, stage.server.address)
      })
    } finally {
      await lost.close()
    }
  })
})

/** Asked without a gesture: reading a page by puppeteer's own hand counts as a person's act there. */
async function isActive(page: Page): Promise<boolean> {
  const session = await page.createCDPSession()
  const { result } = await session.send('Runtime.evaluate', { expression: 'navigator.userActivation.isActive' })
  await session.detach()
  return result.value === true
}

describe.each(['chromium', 'firefox'] as const)('a browser that wants a click first: %s', (kind) => {
  const stage = setStage(['chromium', kind], { autoplay: false })

  it('[E43] says so in the popup and to the room, and one click brings the member in', async () => {
    const [host, shy] = [stage.guest(0), stage.guest(1)]
    const code = await inPopup(host, (popup) => startRoom(popup, host.name))
    const popup = await shy.browser.openPopup()
    await joinRoom(popup, shy.name, code)
    // In Chromium the click on "Join" counts for the page too, for a while.
    if (kind === 'chromium') await until('the click on Join no longer counts', async () => !(await isActive(shy.page)))
    await clickPicture(host.page)
    await untilPlaying(host.page, true)
    await popup.waitForText('Press play once in the page')
    await inPopup(host, (own) =>
      untilPeople(own, 'the host sees that Ben needs a click', (people) =>
        people.some(({ name, status }) => name === 'Ben' && status === 'held'),
      ),
    )
    await popup.close()
    await clickPicture(shy.page)
    await untilTogether(host.page, shy.page)
  })
})
