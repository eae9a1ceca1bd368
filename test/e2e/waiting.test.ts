/** A member whose film does not come fast enough: the room is told, waits, and goes on together. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import { clickChapter, clickPicture, type Page, readPlayer, untilPlaying } from '../../scripts/drive/film-page.mjs'
import { joinRoom, part, startRoom, untilPeople } from '../../scripts/drive/tutti-popup.mjs'
import { type FilmServer, startFilmServer } from '../../scripts/film-server.mjs'
import { fresh, inPopup, setStage, untilTogether } from './stage'

const stage = setStage(['chromium', 'chromium', 'firefox'])
let slowFilm: FilmServer | undefined
beforeEach(async () => {
  slowFilm = await startFilmServer()
  await slowFilm.holdFrom(0.3)
})
afterEach(() => slowFilm?.close())

it.each([
  ['Chromium', 1],
  ['Firefox', 2],
])('[E33] the room waits for %s that is buffering, says for whom and why, and goes on together', async (_, index) => {
  const [host, slow] = [stage.guest(0), stage.guest(index)]
  await fresh(stage, [host, slow])
  const code = await inPopup(host, (popup) => startRoom(popup, host.name))
  await slow.page.goto(`${slowFilm?.address}/film.html`)
  await inPopup(slow, (popup) => joinRoom(popup, slow.name, code))
  await clickPicture(host.page)
  await untilPlaying(host.page, true)
  await clickChapter(host.page, 90)

  const popup = await host.browser.openPopup()
  await popup.waitFor(part('waiting'))
  expect(await popup.text(part('waiting'))).toMatch(new RegExp(`${slow.name}.*buffering`))
  await untilPeople(popup, 'who is slow is shown as held', (people) =>
    people.some(({ name, status }) => name === slow.name && status === 'held'),
  )
  await untilPlaying(host.page, false)
  slowFilm?.release()
  await untilTogether(host.page, slow.page)
  expect((await readPlayer(slow.page)).positionSec).toBeGreaterThan(89)
  // Whatever the stalled player and the stopped ones told of themselves, nobody has paused or played.
  expect(await popup.text(part('act'))).toBe('Went on')
  await popup.close()
})

it.each([
  ['Chromium', 1],
  ['Firefox', 2],
])(
  '[E34] %s still loads while the room stands: play waits for it, and nobody starts before it can',
  async (_, index) => {
    const [host, slow] = [stage.guest(0), stage.guest(index)]
    await fresh(stage, [host, slow])
    const code = await inPopup(host, (popup) => startRoom(popup, host.name))
    await slow.page.goto(`${slowFilm?.address}/film.html`)
    await inPopup(slow, (popup) => joinRoom(popup, slow.name, code))
    await clickChapter(host.page, 90)
    await inPopup(host, (popup) =>
      untilPeople(popup, 'who is slow is shown as held', (people) =>
        people.some(({ name, status }) => name === slow.name && status === 'held'),
      ),
    )
    const starts = await countStarts(host.page)
    const popup = await host.browser.openPopup()
    await popup.click(part('play'))
    await popup.waitFor(part('waiting'))
    expect(await popup.text(part('waiting'))).toContain(slow.name)
    slowFilm?.release()
    await untilTogether(host.page, slow.page)
    expect(await starts()).toBe(1)
    expect(await popup.text(part('act'))).toBe('Went on')
    await popup.close()
  },
)

it('[E35] the host says in the popup that the room waits for nobody: a stall does not stop it, and a word to the contrary does', async () => {
  const [host, slow] = [stage.guest(0), stage.guest(1)]
  await fresh(stage, [host, slow])
  const code = await inPopup(host, (popup) => startRoom(popup, host.name))
  await slow.page.goto(`${slowFilm?.address}/film.html`)
  await inPopup(slow, (popup) => joinRoom(popup, slow.name, code))
  await clickPicture(host.page)
  await untilPlaying(host.page, true)
  const popup = await host.browser.openPopup()
  await popup.click(part('patience-open'))
  await popup.click(part('patience-buffering'))
  await popup.waitForText('Waits for nobody')
  await popup.close()
  await clickChapter(host.page, 90)
  await inPopup(host, async (again) => {
    await untilPeople(again, 'who is slow is shown as held', (people) =>
      people.some(({ name, status }) => name === slow.name && status === 'held'),
    )
    expect(await again.exists(part('waiting'))).toBe(false)
    await again.click(part('patience-open'))
    await again.click(part('patience-buffering'))
    await again.waitFor(part('waiting'))
  })
  slowFilm?.release()
  await untilTogether(host.page, slow.page)
})

/** How often the player has begun to play since. */
async function countStarts(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const starts = document.body.dataset
    starts['starts'] = '0'
    document.querySelector('video')?.addEventListener('play', () => {
      starts['starts'] = String(Number(starts['starts']) + 1)
    })
  })
  return () => page.evaluate(() => Number(document.body.dataset['starts']))
}
