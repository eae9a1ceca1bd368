/** A member whose film does not come fast enough: the room is told, waits, and goes on together. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import { clickChapter, clickPicture, readPlayer, untilPlaying } from '../../scripts/drive/film-page.mjs'
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
  await fresh(stage, [host])
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
  await popup.close()
})
