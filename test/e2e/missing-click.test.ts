/** A host who lets the room wait for clicks that browsers want: whoever has to click first starts together with everybody. */
import { expect, it } from 'vitest'
import { clickPicture } from '../../scripts/drive/film-page.mjs'
import { joinRoom, part, startRoom } from '../../scripts/drive/tutti-popup.mjs'
import { until } from '../../scripts/drive/until.mjs'
import { fresh, inPopup, isActive, setStage, untilTogether } from './stage'

const stage = setStage(['chromium', 'chromium', 'firefox'], { autoplay: false })

it.each([
  ['chromium', 'anywhere in the page', 'h1', 1],
  ['firefox', 'on the player', 'video', 2],
] as const)(
  '[E36] %s wants a click, and the room waits for it: one click %s, and all start together',
  async (kind, _, clicked, index) => {
    const [host, shy] = [stage.guest(0), stage.guest(index)]
    // The shy page must not even be read before: puppeteer reads as a person's act.
    await fresh(stage, [host])
    const code = await inPopup(host, (popup) => startRoom(popup, host.name))
    await inPopup(shy, (popup) => joinRoom(popup, shy.name, code))
    if (kind === 'chromium') await until('the click on Join no longer counts', async () => !(await isActive(shy.page)))
    await inPopup(host, async (popup) => {
      await popup.click(part('patience-open'))
      await popup.click(part('patience-autoplay-blocked'))
      await popup.waitForText('a missing click')
    })
    await clickPicture(host.page)
    const popup = await host.browser.openPopup()
    await popup.waitFor(part('waiting'))
    expect(await popup.text(part('waiting'))).toMatch(new RegExp(`${shy.name}.*waiting for a click`))
    await shy.page.click(clicked)
    await untilTogether(host.page, shy.page)
    expect(await popup.text(part('act'))).toBe('Went on')
    await popup.close()
  },
)
