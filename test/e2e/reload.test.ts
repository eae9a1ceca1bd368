/** A page that is loaded anew: where the person has allowed the site, the follower goes on by itself; elsewhere it asks. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clickPicture } from '../../scripts/drive/film-page.mjs'
import { part, untilPeople } from '../../scripts/drive/tutti-popup.mjs'
import { until } from '../../scripts/drive/until.mjs'
import { type FilmServer, startFilmServer } from '../../scripts/film-server.mjs'
import { fresh, inPopup, meet, setStage, untilTogether } from './stage'

const KINDS = ['chromium', 'firefox'] as const
const stage = setStage(KINDS)
/** The same film from another port: another origin, but the same host. */
let otherFilm: FilmServer | undefined
beforeAll(async () => {
  otherFilm = await startFilmServer()
})
afterAll(() => otherFilm?.close())

/** A visit by the toolbar button ends in Chromium with the origin, in Firefox with the page. */
const leavesBy = { chromium: () => otherFilm?.address, firefox: () => stage.film.address }

describe.each(KINDS)('a page that is loaded anew in %s', (kind) => {
  const index = KINDS.indexOf(kind)
  const people = () => ({ guest: stage.guest(index), other: stage.guest(1 - index) })

  it('[E22] is not followed before its site is allowed, and the popup offers to allow it', async () => {
    await fresh(stage)
    await meet(stage)
    const { guest, other } = people()
    await clickPicture(other.page)
    await untilTogether(other.page, guest.page)
    await guest.page.goto(`${leavesBy[kind]()}/film.html`)
    await inPopup(other, (popup) =>
      untilPeople(popup, `${guest.name} is no longer followed`, (shown) =>
        shown.some(({ name, skewMs }) => name === guest.name && skewMs === undefined),
      ),
    )
    expect(await guest.page.evaluate(() => document.querySelector('video')?.paused)).toBe(true)
    await inPopup(guest, (popup) => popup.waitForText(`Allow on ${new URL(guest.page.url()).hostname}`))
  })

  it('[E23] goes on by itself once the person has allowed the site in the popup', async () => {
    const { guest, other } = people()
    const sayYes = await guest.browser.willAllow('http://127.0.0.1/*')
    await inPopup(guest, async (popup) => {
      await popup.click(part('allow-site'))
      await sayYes()
      await until('the popup asks no more', async () => !(await popup.exists(part('allow-site'))))
    })
    for (const address of [otherFilm?.address, otherFilm?.address, stage.film.address]) {
      await guest.page.goto(`${address}/film.html`)
      await untilTogether(other.page, guest.page)
    }
  })
})
