/** Browsers that let a page play with sound only after a click: the person is told, and so is the room. */
import { expect, it } from 'vitest'
import { clickPicture, untilPlaying } from '../../scripts/drive/film-page.mjs'
import { joinRoom, startRoom, untilPeople } from '../../scripts/drive/tutti-popup.mjs'
import { until } from '../../scripts/drive/until.mjs'
import { fresh, inPopup, isActive, setStage, untilTogether } from './stage'

const KINDS = ['chromium', 'chromium', 'firefox'] as const
const stage = setStage(KINDS, { autoplay: false })

it.each([
  ['chromium', 1],
  ['firefox', 2],
])(
  '[E43] %s wants a click first: the popup and the room say so, and one click brings the member in',
  async (kind, index) => {
    const [host, shy] = [stage.guest(0), stage.guest(index)]
    // The shy page must not even be read before: puppeteer reads as a person's act.
    await fresh(stage, [host])
    const code = await inPopup(host, (popup) => startRoom(popup, host.name))
    const popup = await shy.browser.openPopup()
    await joinRoom(popup, shy.name, code)
    // In Chromium the click on "Join" counts for the page too, for a while.
    if (kind === 'chromium') await until('the click on Join no longer counts', async () => !(await isActive(shy.page)))
    await clickPicture(host.page)
    await untilPlaying(host.page, true)
    await popup.waitForText('Press play once in the page')
    await inPopup(host, (own) =>
      untilPeople(own, 'the host sees who needs a click', (people) =>
        people.some(({ name, status }) => name === shy.name && status === 'held'),
      ),
    )
    await popup.close()
    await clickPicture(shy.page)
    await untilTogether(host.page, shy.page)
    expect(await shy.page.evaluate(() => document.querySelector('video')?.muted)).toBe(false)
  },
)
