/** The main way through, the same for every pair of browsers: meet, play, skip, change speed, pause, come late. */
import { expect, it } from 'vitest'
import type { BrowserKind } from '../../scripts/browsers.mjs'
import {
  clickChapter,
  clickPicture,
  clickRate,
  openFilm,
  readPlayer,
  untilPlaying,
} from '../../scripts/drive/film-page.mjs'
import { FILM } from '../../scripts/drive/frame-counter.mjs'
import { joinRoom, part, startRoom, untilPeople } from '../../scripts/drive/tutti-popup.mjs'
import { until } from '../../scripts/drive/until.mjs'
import {
  apartSec,
  fresh,
  inPopup,
  meet,
  type Stage,
  setStage,
  untilPast,
  untilPausedTogether,
  untilTogether,
} from './stage'

export function holdsTogether(kinds: readonly [BrowserKind, BrowserKind]): Stage {
  const stage = setStage(kinds)

  it('[E10] one starts a room, the other joins it by its code, and each sees both', async () => {
    const code = await meet(stage)
    expect(code).toMatch(/^[abcdefghjkmnpqrstuvwxyz2-9]{6}$/)
    for (const guest of stage.guests)
      await inPopup(guest, async (popup) => {
        const shown = await untilPeople(popup, 'both are shown', (people) => people.length === 2)
        expect(shown.map(({ name, isHost, isSelf }) => ({ name, isHost, isSelf }))).toEqual([
          { name: 'Anna', isHost: true, isSelf: guest === stage.guest(0) },
          { name: 'Ben', isHost: false, isSelf: guest === stage.guest(1) },
        ])
      })
  })

  it('[E11] a click into the picture plays it for both, on the same pictures', async () => {
    const [first, second] = [stage.guest(0).page, stage.guest(1).page]
    await clickPicture(first)
    await untilTogether(first, second)
    // The number on the picture is not what `currentTime` was set to, but what is really shown.
    for (const page of [first, second]) {
      const { frame, positionSec } = await readPlayer(page)
      expect(Math.abs(frame - positionSec * FILM.framesPerSec)).toBeLessThan(6)
    }
  })

  it('[E11] a chapter chosen by the second takes the first along', async () => {
    const [first, second] = [stage.guest(0).page, stage.guest(1).page]
    await clickChapter(second, 60)
    await untilPast(first, 60)
    await untilTogether(first, second)
  })

  it('[E11] a changed speed is everybody’s', async () => {
    const [first, second] = [stage.guest(0).page, stage.guest(1).page]
    await clickRate(first, 1.5)
    await until('the second plays faster', async () => (await readPlayer(second)).rate > 1.4)
    await untilTogether(first, second)
    await clickRate(second, 1)
    await until('the first plays at 1 again', async () => (await readPlayer(first)).rate < 1.1)
    await untilTogether(first, second)
  })

  it('[E12] a pause stops both on the same frame', async () => {
    const [first, second] = [stage.guest(0).page, stage.guest(1).page]
    await clickPicture(second)
    await untilPausedTogether(first, second)
    expect(Math.abs(await apartSec(first, second))).toBeLessThan(1 / FILM.framesPerSec)
    await clickChapter(first, 30)
    await until('the second is at 30 s', async () => Math.abs((await readPlayer(second)).positionSec - 30) < 0.05)
    await untilPausedTogether(first, second)
  })

  it('[E13] who comes late lands in the running picture', async () => {
    await fresh(stage)
    const [host, late] = [stage.guest(0), stage.guest(1)]
    const code = await inPopup(host, (popup) => startRoom(popup, host.name))
    await clickPicture(host.page)
    await untilPlaying(host.page, true)
    await clickChapter(host.page, 90)
    await untilPast(host.page, 91)
    await openFilm(late.page, stage.film.address)
    await inPopup(late, async (popup) => {
      await joinRoom(popup, late.name, code)
      await untilTogether(host.page, late.page)
      // What the follower says of itself, where people look.
      await untilPeople(popup, 'both are shown as followed', (people) =>
        people.every(({ skewMs }) => skewMs !== undefined),
      )
      expect(await popup.exists(part('problem'))).toBe(false)
    })
  })

  return stage
}
