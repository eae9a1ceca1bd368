/**
 * Two people with the real extension in one room of the real server, each behind a slow network, each on the page of notes at
 * loudspeakers of their own. Opens, plays a piece with real keys, and tells what was played when, by the browser's own stamps.
 * What was heard is for others to find out of the recording.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { openFilm } from '../../../scripts/drive/film-page.mjs'
import { launch } from '../../../scripts/drive/launch.mjs'
import { startRoomServer } from '../../../scripts/drive/room-server.mjs'
import { chooseServer, joinRoom, startRoom } from '../../../scripts/drive/tutti-popup.mjs'
import { until } from '../../../scripts/drive/until.mjs'
import { startFilmServer } from '../../../scripts/film-server.mjs'
import { startProxy } from '../proxy.mjs'
import { KEYS, OCTAVES_UP } from './piece.mjs'

/** @typedef {import('../../../scripts/drive/own-page.mjs').OwnPage} OwnPage */
/** @typedef {import('./figures.mjs').Stroke} Stroke */
/** @typedef {import('./piece.mjs').Strike} Strike */
/** @typedef {{ close(): Promise<void> }} Closable */

const NAMES = /** @type {const} */ (['Brave Otter', 'Clever Fox'])
export const NOTES_PAGE = 'src/notes/index.html'
/** The last note has long sounded by then. */
const RINGS_MS = 3_000

const nowMs = () => performance.timeOrigin + performance.now()

/**
 * @param {object} wish
 * @param {import('../options.mjs').Pair} wish.pair
 * @param {import('../network.mjs').Path} [wish.path] one way, of each; without one there is no network between
 * @param {readonly Readonly<Record<string, string>>[]} [wish.loudspeakers] what each browser's environment needs
 * @param {Partial<import('../../../scripts/drive/launch.mjs').LaunchWish>} [wish.launching]
 * @param {Closable[]} wish.opened everything that has to be closed again is put here as it is opened
 */
export async function openDuet({ pair, path, loudspeakers, launching, opened }) {
  const [server, film] = [await startRoomServer(), await startFilmServer()]
  opened.push(server, film)
  let code = ''
  /** @param {0 | 1} index */
  const open = async (index) => {
    const proxy = path && (await startProxy({ upstream: server.address, path, seed: 10 * index + path.baseMs }))
    if (proxy) opened.push(proxy)
    const heard = loudspeakers?.[index]
    const browser = await launch(pair[index], { ...launching, ...(heard && { loudspeakers: heard }) })
    opened.push(browser)
    await openFilm(browser.page, film.address)
    const popup = await browser.openPopup()
    await chooseServer(popup, proxy?.address ?? server.address)
    if (index === 0) code = await startRoom(popup, NAMES[0])
    else await joinRoom(popup, NAMES[1], code)
    await popup.close()
    const page = await browser.openOwnPage(NOTES_PAGE)
    await prepare(page)
    return { browser, page, proxy }
  }
  const people = /** @type {const} */ ([await open(0), await open(1)])
  for (const { page } of people) {
    await page.toFront()
    await until('each sees the other on the page of notes', () =>
      page.read((document) => document.querySelectorAll('[data-testid=player]').length === 2, undefined),
    )
  }
  return {
    people,
    versions: people.map(({ browser }) => browser.version),
    /** @param {readonly Strike[]} piece */
    play: (piece) => play([people[0].page, people[1].page], piece),
  }
}

/** The sharpest sound, the keys where the piece lies, and a listener for when the browser says that a key went down. @param {OwnPage} page */
async function prepare(page) {
  await page.toFront()
  await until('the page of notes is in the room', () =>
    page.read(
      (document) => document.querySelector('[data-testid=notes]')?.getAttribute('data-room') === 'in-room',
      undefined,
    ),
  )
  await page.click('label:has([data-testid=sound-woodblock])')
  for (let octave = 0; octave < OCTAVES_UP; octave++) await page.click('[data-testid=notes-higher]')
  await page.read((document) => {
    /** @type {{ code: string, atMs: number }[]} */
    const strokes = []
    Reflect.set(window, 'tuttiStrokes', strokes)
    document.addEventListener(
      'keydown',
      ({ code, timeStamp }) => strokes.push({ code, atMs: performance.timeOrigin + timeStamp }),
      true,
    )
    return true
  }, undefined)
}

/** @param {OwnPage} page @returns {Promise<Stroke[]>} since it was asked last */
async function strokesOf(page) {
  const strokes = await page.read(() => {
    /** @type {{ code: string, atMs: number }[]} */
    const told = Reflect.get(window, 'tuttiStrokes')
    return told.splice(0)
  }, undefined)
  return strokes.flatMap(({ code, atMs }) => {
    const key = KEYS.find((each) => each.code === code)?.key
    return key === undefined ? [] : [{ key, atMs }]
  })
}

/**
 * @param {readonly [OwnPage, OwnPage]} pages @param {readonly Strike[]} piece
 * @returns {Promise<{ strokes: readonly [Stroke[], Stroke[]], keysDown: number }>} what each played, and keys that are still shown as held
 */
async function play(pages, piece) {
  const beginMs = nowMs()
  const acts = piece
    .flatMap(({ player, key, atMs, forMs }) => {
      const code = KEYS.find((each) => each.key === key)?.code ?? ''
      const page = pages[player]
      return [
        { atMs, act: () => page.keyDown(code) },
        { atMs: atMs + forMs, act: () => page.keyUp(code) },
      ]
    })
    .sort((a, b) => a.atMs - b.atMs)
  /** @type {Promise<void>[]} */
  const under = []
  for (const { atMs, act } of acts) {
    const leftMs = beginMs + atMs - nowMs()
    if (leftMs > 1) await delay(leftMs)
    // One key after another, but nobody waits until the browser has said so.
    under.push(act())
  }
  await Promise.all(under)
  await delay(RINGS_MS)
  const downs = await Promise.all(
    pages.map((page) =>
      page.read((document) => document.querySelectorAll('[data-key][aria-pressed=true]').length, undefined),
    ),
  )
  return {
    strokes: [await strokesOf(pages[0]), await strokesOf(pages[1])],
    keysDown: downs.reduce((sum, down) => sum + down, 0),
  }
}
