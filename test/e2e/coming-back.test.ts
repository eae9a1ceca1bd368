/** What a person never notices: a background that was stopped, a server that was started anew. */
import { describe, expect, it } from 'vitest'
import { clickChapter, clickPicture } from '../../scripts/drive/film-page.mjs'
import { part, untilInRoom, untilPeople } from '../../scripts/drive/tutti-popup.mjs'
import { until } from '../../scripts/drive/until.mjs'
import { inPopup, meet, setStage, untilPast, untilTogether } from './stage'

describe('coming back', () => {
  const stage = setStage(['chromium', 'firefox'])

  it.each([0, 1])('[E20] a background that is stopped comes back into its seat (browser %i)', async (index) => {
    const [stopped, other] = [stage.guest(index), stage.guest(1 - index)]
    if (index === 0) {
      await meet(stage)
      await clickPicture(other.page)
      await untilTogether(stopped.page, other.page)
    }
    const before = await inPopup(stopped, (popup) =>
      untilPeople(popup, 'both are there', (shown) => shown.length === 2),
    )
    expect(await stopped.browser.stopBackground()).toBe(true)
    await inPopup(stopped, async (popup) => {
      await untilInRoom(popup)
      await untilPeople(popup, 'it is the same seat', (shown) => {
        const seats = shown.map(({ name, isHost }) => ({ name, isHost }))
        return JSON.stringify(seats) === JSON.stringify(before.map(({ name, isHost }) => ({ name, isHost })))
      })
    })
    await clickChapter(other.page, index === 0 ? 60 : 30)
    await untilTogether(stopped.page, other.page)
  })

  it('[E21] a server that was started anew has its rooms, and everybody comes back by themselves', async () => {
    const [anna, ben] = [stage.guest(0), stage.guest(1)]
    const popup = await anna.browser.openPopup()
    const code = await untilInRoom(popup)
    await stage.server.stop()
    await popup.waitFor(part('lost'))
    await stage.server.startAgain()
    await until('the connection is back', async () => !(await popup.exists(part('lost'))), 40_000)
    await untilPeople(
      popup,
      'both are back',
      (shown) => shown.length === 2 && shown.every(({ status }) => status !== 'away'),
      40_000,
    )
    expect(await untilInRoom(popup)).toBe(code)
    await popup.close()
    await clickChapter(ben.page, 60)
    await untilPast(anna.page, 60)
    await untilTogether(anna.page, ben.page)
  })
})
