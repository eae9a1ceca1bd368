/** What every end-to-end test stands on: one room server, one film server, browsers that are launched once per file. */
import { afterAll, beforeAll } from 'vitest'
import type { BrowserKind } from '../../scripts/browsers.mjs'
import { openFilm, type Page, readPlayer } from '../../scripts/drive/film-page.mjs'
import { type DrivenBrowser, type LaunchWish, launch } from '../../scripts/drive/launch.mjs'
import type { Popup } from '../../scripts/drive/popup.mjs'
import { type RoomServer, startRoomServer } from '../../scripts/drive/room-server.mjs'
import { chooseServer, joinRoom, part, startRoom } from '../../scripts/drive/tutti-popup.mjs'
import { until } from '../../scripts/drive/until.mjs'
import { type FilmServer, startFilmServer } from '../../scripts/film-server.mjs'

/** A person: one browser with its own profile, on the page with the film. */
export type Guest = { readonly name: string; readonly browser: DrivenBrowser; readonly page: Page }

export type Stage = {
  readonly server: RoomServer
  readonly film: FilmServer
  readonly guests: readonly Guest[]
  guest(index: number): Guest
}

const NAMES = ['Anna', 'Ben', 'Clara']

/** Call once in a file: browsers take seconds to start. */
export function setStage(kinds: readonly BrowserKind[], wish: Partial<LaunchWish> = {}): Stage {
  let server: RoomServer | undefined
  let film: FilmServer | undefined
  let guests: Guest[] = []
  beforeAll(async () => {
    const [room, films] = await Promise.all([startRoomServer(), startFilmServer()])
    server = room
    film = films
    await Promise.all(
      kinds.map(async (kind, index) => {
        const browser = await launch(kind, wish)
        guests[index] = { name: NAMES[index] ?? `Guest ${index}`, browser, page: browser.page }
        await browser.page.goto(`${films.address}/film.html`)
        const popup = await browser.openPopup()
        await chooseServer(popup, room.address)
        await popup.close()
      }),
    )
  })
  afterAll(async () => {
    // One that could not be started leaves a gap.
    await Promise.all(guests.map(({ browser }) => browser.close()))
    guests = []
    await film?.close()
    await server?.close()
  })
  const there = <T>(thing: T | undefined): T => {
    if (thing === undefined) throw new Error('The stage is not set yet.')
    return thing
  }
  return {
    get server() {
      return there(server)
    },
    get film() {
      return there(film)
    },
    get guests() {
      return guests
    },
    guest: (index) => there(guests[index]),
  }
}

/** Opens the popup over the guest's page, does something there, and closes it again. */
export async function inPopup<T>(guest: Guest, act: (popup: Popup) => Promise<T>): Promise<T> {
  const popup = await guest.browser.openPopup()
  try {
    return await act(popup)
  } finally {
    await popup.close()
  }
}

/** These guests leave the room they are in, and have the film open from its beginning. */
export async function fresh({ guests: all, film }: Stage, guests = all): Promise<void> {
  for (const guest of guests) {
    await inPopup(guest, async (popup) => {
      await popup.waitFor(`${part('join-text')}, ${part('leave')}, ${part('connecting')}`)
      if (await popup.exists(part('connecting'))) await popup.click(`${part('connecting')} button`)
      else if (await popup.exists(part('leave'))) await popup.click(part('leave'))
      await popup.waitFor(part('join-text'))
    })
    await openFilm(guest.page, film.address)
  }
}

/** The first guest starts a room, the others join it by its code; all through the real popup. */
export async function meet({ guests: all }: Stage, guests = all): Promise<string> {
  let code = ''
  for (const [index, guest] of guests.entries())
    code = await inPopup(guest, (popup) =>
      index === 0 ? startRoom(popup, guest.name) : joinRoom(popup, guest.name, code),
    )
  return code
}

/** Does a click of the person's still count in Chromium? Asked without a gesture, unlike puppeteer's own way to ask. */
export async function isActive(page: Page): Promise<boolean> {
  const session = await page.createCDPSession()
  const { result } = await session.send('Runtime.evaluate', { expression: 'navigator.userActivation.isActive' })
  await session.detach()
  return result.value === true
}

/** How far the second player is ahead of the first, s, taken to one moment. */
export async function apartSec(one: Page, other: Page): Promise<number> {
  const [first, second] = await Promise.all([readPlayer(one), readPlayer(other)])
  const movedSec = first.paused ? 0 : ((second.atMs - first.atMs) / 1000) * first.rate
  return second.positionSec - first.positionSec - movedSec
}

/** Wide, because machines are slow; how exact it gets is measured elsewhere. */
const TOGETHER_SEC = 0.15

export function untilTogether(one: Page, other: Page, atMostMs = 20_000): Promise<unknown> {
  return until(
    'both play at one place',
    async () => {
      const [first, second] = await Promise.all([readPlayer(one), readPlayer(other)])
      const sec = await apartSec(one, other)
      if (first.paused || second.paused || Math.abs(sec) > TOGETHER_SEC)
        throw new Error(JSON.stringify({ first, second, sec }))
      return true
    },
    atMostMs,
  )
}

export function untilPausedTogether(one: Page, other: Page): Promise<unknown> {
  return until('both are paused on the same frame', async () => {
    const [first, second] = await Promise.all([readPlayer(one), readPlayer(other)])
    if (!first.paused || !second.paused || first.frame !== second.frame)
      throw new Error(JSON.stringify({ first, second }))
    return true
  })
}

/** Waits until a player is past a place, playing. */
export function untilPast(page: Page, positionSec: number): Promise<unknown> {
  return until(`the player is past ${positionSec} s`, async () => {
    const player = await readPlayer(page)
    if (player.positionSec <= positionSec) throw new Error(JSON.stringify(player))
    return true
  })
}
