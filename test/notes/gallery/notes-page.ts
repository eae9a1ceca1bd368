/** One gallery for a test file, a fresh page of notes for each test, and what a test does on it or reads off it. */
import type { Page } from 'puppeteer-core'
import { afterAll, afterEach, beforeAll } from 'vitest'
import type { NoteAct } from '../../../src/core/notes/note'
import { type Gallery, openGalleryOf, type PageWish } from '../../gallery/open-page'
import type { RoomName } from '../example-rooms'

const WIDE = { width: 1280, height: 800 }

export const on = (key: number): NoteAct => ({ kind: 'on', channel: 0, key, velocity: 100 })
export const off = (key: number): NoteAct => ({ kind: 'off', channel: 0, key })
/** A sound that goes on for as long as it is held. */
export const ORGAN: NoteAct = { kind: 'program', channel: 0, program: 16 }

export function setNotesPage() {
  let built: Gallery | undefined
  let opened: Page | undefined
  beforeAll(async () => {
    built = await openGalleryOf('test/notes/gallery/index.html')
  }, 60_000)
  afterAll(() => built?.close())
  afterEach(() => opened?.close())

  const page = (): Page => {
    if (!opened) throw new Error('No page is open yet.')
    return opened
  }
  /** Before it has been told of any room. */
  const openBare = async (wish: Partial<PageWish> = {}) => {
    if (!built) throw new Error('The gallery is not built yet.')
    opened = await built.open({ ...WIDE, ...wish })
    await opened.waitForFunction(() => globalThis.notesGallery.connections === 1)
  }
  const told = async (count: number, areSounds: boolean): Promise<string[]> => {
    await page().waitForFunction(
      (wanted, isAboutSounds) =>
        globalThis.notesGallery.posted
          .flatMap((message) => ('notes' in message ? (message.notes as NoteAct[]) : []))
          .filter(({ kind }) => (kind === 'program') === isAboutSounds).length >= wanted,
      {},
      count,
      areSounds,
    )
    const posted = await page().evaluate(() => globalThis.notesGallery.posted)
    return posted
      .flatMap((message) => ('notes' in message ? (message.notes as NoteAct[]) : []))
      .filter(({ kind }) => (kind === 'program') === areSounds)
      .map((note) => spelled(note))
  }
  const show = (room: RoomName) => page().evaluate((name) => globalThis.notesGallery.show(name), room)

  return {
    get page() {
      return page()
    },
    openBare,
    show,
    async open(room: RoomName, wish: Partial<PageWish> = {}) {
      await openBare(wish)
      await show(room)
    },
    /** Somebody else does this, just now. */
    play: (member: number, ...acts: NoteAct[]) =>
      page().evaluate((who, what) => globalThis.notesGallery.play(who, ...what), member, acts),
    text: (selector: string) => page().$eval(selector, (element) => element.textContent),
    down: () =>
      page().$$eval('[data-key][aria-pressed=true]', (keys) =>
        keys.map((key) => Number(key.getAttribute('data-key'))).sort((a, b) => a - b),
      ),
    untilDown: (...keys: number[]) =>
      page().waitForFunction(
        (wanted) => {
          const found = [...document.querySelectorAll('[data-key][aria-pressed=true]')]
          const isWanted = (key: Element) => wanted.includes(Number(key.getAttribute('data-key')))
          return found.length === wanted.length && found.every(isWanted)
        },
        {},
        keys,
      ),
    level: () => page().evaluate(() => globalThis.notesGallery.level()),
    untilLoud: () => page().waitForFunction(() => globalThis.notesGallery.level() > 0.01),
    untilSilent: () => page().waitForFunction(() => globalThis.notesGallery.level() < 0.001),
    setVisible: (state: DocumentVisibilityState) =>
      page().evaluate((next) => {
        Object.defineProperty(document, 'visibilityState', { value: next, configurable: true })
        document.dispatchEvent(new Event('visibilitychange'))
      }, state),
    /** The keys and levers that were told, once there are so many. When the sound is told again is not the page's to say. */
    played: (count: number) => told(count, false),
    /** The numbers of the sounds that were told, once there are so many. */
    sounds: (count: number) => told(count, true),
  }
}

function spelled(note: NoteAct): string {
  if (note.kind === 'on' || note.kind === 'off') return `${note.kind} ${note.key}`
  return note.kind === 'program' ? String(note.program) : note.kind
}
