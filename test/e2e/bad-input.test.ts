/** What goes wrong for people: each gets a sentence where they look, and nothing is lost. */
import { beforeEach, describe, expect, it } from 'vitest'
import { startRoomServer } from '../../scripts/drive/room-server.mjs'
import { chooseServer, part, startRoom, untilInRoom, untilReady } from '../../scripts/drive/tutti-popup.mjs'
import { fresh, inPopup, setStage } from './stage'

const KINDS = ['chromium', 'firefox'] as const
const stage = setStage(KINDS)

describe.each(KINDS)('bad input in %s', (kind) => {
  const theGuest = () => stage.guest(KINDS.indexOf(kind))
  beforeEach(() => fresh(stage, [theGuest()]))

  it('[E40] a page without a video says so, and offers no room to start', async () => {
    const guest = theGuest()
    await guest.page.goto(`${stage.film.address}/no-video.html`)
    await inPopup(guest, async (popup) => {
      await popup.waitForText('No video on')
      expect(await popup.exists(`${part('start-room')}[disabled]`)).toBe(true)
    })
  })

  it('[E40] a video that appears after a click is found', async () => {
    const guest = theGuest()
    await guest.page.goto(`${stage.film.address}/after-click.html`)
    await inPopup(guest, (popup) => popup.waitForText('No video on'))
    await guest.page.click('button')
    await inPopup(guest, async (popup) => {
      await untilReady(popup)
      expect(await startRoom(popup, 'Anna')).toHaveLength(6)
    })
  })

  it('[E41] a code that does not exist is told, and the way in stays open', async () => {
    await inPopup(theGuest(), async (popup) => {
      await untilReady(popup)
      await popup.type(part('join-text'), 'zzzzzz')
      await popup.click(part('join'))
      await popup.waitFor(part('problem'))
      expect(await popup.text(part('problem'))).toMatch(/room/i)
      await popup.waitFor(part('join-text'))
    })
  })

  it('[E41] what is neither a code nor a link is told', async () => {
    await inPopup(theGuest(), async (popup) => {
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
      await inPopup(theGuest(), async (popup) => {
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
