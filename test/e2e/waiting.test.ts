/** A member whose film does not come fast enough: the room is told, waits, and goes on together. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clickChapter, clickPicture, readPlayer, untilPlaying } from '../../scripts/drive/film-page.mjs'
import { joinRoom, part, startRoom, untilPeople } from '../../scripts/drive/tutti-popup.mjs'
import { type FilmServer, startFilmServer } from '../../scripts/film-server.mjs'
import { inPopup, setStage, untilTogether } from './stage'

describe.each(['chromium', 'firefox'] as const)('a slow line in %s', (kind) => {
  const stage = setStage(['chromium', kind])
  let slowFilm: FilmServer | undefined
  beforeAll(async () => {
    slowFilm = await startFilmServer()
    await slowFilm.holdFrom(0.3)
  })
  afterAll(() => slowFilm?.close())

  it('[E33] the room waits for who is buffering, says for whom and why, and goes on together', async () => {
    const [host, slow] = [stage.guest(0), stage.guest(1)]
    const code = await inPopup(host, (popup) => startRoom(popup, host.name))
    await slow.page.goto(`${slowFilm?.address}/film.html`)
    await inPopup(slow, (popup) => joinRoom(popup, slow.name, code))
    await clickPicture(host.page)
    await untilPlaying(host.page, true)
    await clickChapter(host.page, 90)

    const popup = await host.browser.openPopup()
    await popup.waitFor(part('waiting'))
    expect(await popup.text(part('waiting'))).toMatch(/Ben.*buffering/)
    await untilPeople(popup, 'Ben is shown as held', (people) =>
      people.some(({ name, status }) => name === 'Ben' && status === 'held'),
    )
    await untilPlaying(host.page, false)
    slowFilm?.release()
    await untilTogether(host.page, slow.page)
    expect((await readPlayer(slow.page)).positionSec).toBeGreaterThan(89)
    await popup.close()
  })
})
