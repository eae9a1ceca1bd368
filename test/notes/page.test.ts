import type { Page } from 'puppeteer-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { NoteAct } from '../../src/core/notes/note'
import { expectNothingSerious, part } from '../gallery/axe'
import { type Gallery, openGalleryOf, type PageWish } from '../gallery/open-page'
import { ROOMS, type RoomName } from './example-rooms'

/** The page of notes in a real Chromium, with a fake line to the background: what it draws, says, sounds, and how it is reached. */
let built: Gallery
let page: Page

beforeAll(async () => {
  built = await openGalleryOf('test/notes/gallery/index.html')
}, 60_000)
afterAll(() => built.close())
afterEach(() => page.close())

const WIDE = { width: 1280, height: 800 }
const names = Object.keys(ROOMS) as RoomName[]
const on = (key: number): NoteAct => ({ kind: 'on', channel: 0, key, velocity: 100 })
const off = (key: number): NoteAct => ({ kind: 'off', channel: 0, key })

async function open(room: RoomName, wish: Partial<PageWish> = {}): Promise<void> {
  page = await built.open({ ...WIDE, ...wish })
  await page.waitForFunction(() => globalThis.notesGallery.connections === 1)
  await show(room)
}
const show = (room: RoomName) => page.evaluate((name) => globalThis.notesGallery.show(name), room)
const play = (member: number, ...acts: NoteAct[]) =>
  page.evaluate((who, what) => globalThis.notesGallery.play(who, ...what), member, acts)
const text = (selector: string) => page.$eval(selector, (element) => element.textContent)
const down = () =>
  page.$$eval('[data-key][aria-pressed=true]', (keys) =>
    keys.map((key) => Number(key.getAttribute('data-key'))).sort((a, b) => a - b),
  )
const untilDown = (...keys: number[]) =>
  page.waitForFunction(
    (wanted) => {
      const found = [...document.querySelectorAll('[data-key][aria-pressed=true]')]
      return (
        found.length === wanted.length && found.every((key) => wanted.includes(Number(key.getAttribute('data-key'))))
      )
    },
    {},
    keys,
  )
const untilLoud = () => page.waitForFunction(() => globalThis.notesGallery.level() > 0.01)
const untilSilent = () => page.waitForFunction(() => globalThis.notesGallery.level() < 0.001)
const setVisible = (state: DocumentVisibilityState) =>
  page.evaluate((next) => {
    Object.defineProperty(document, 'visibilityState', { value: next, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  }, state)

/** What was played here, without moments. */
async function played(): Promise<string[]> {
  const posted = await page.evaluate(() => globalThis.notesGallery.posted)
  return posted.flatMap((message) => {
    if (message.type !== 'played') return []
    const { notes } = message as unknown as { notes: readonly NoteAct[] }
    return notes.map((note) => {
      if (note.kind === 'on' || note.kind === 'off') return `${note.kind} ${note.key}`
      return note.kind === 'program' ? `program ${note.program}` : note.kind
    })
  })
}
const untilPlayed = (count: number) =>
  page.waitForFunction(
    (wanted) =>
      globalThis.notesGallery.posted.flatMap((message) => ('notes' in message ? (message.notes as unknown[]) : []))
        .length >= wanted,
    {},
    count,
  )

describe('every state', () => {
  it.each([
    { theme: 'light', dark: false, language: 'en' },
    { theme: 'dark', dark: true, language: 'en' },
    { theme: 'light, in German', dark: false, language: 'de' },
  ])(
    '[AP19] has nothing serious for axe to tell, and fits a phone and a desk ($theme)',
    async ({ dark, language }) => {
      for (const width of [320, 1280]) {
        await open('outside', { width, dark, language, query: 'midi=yes&silent' })
        for (const name of names) {
          await show(name)
          if (name === 'together') {
            await play(1, on(60), on(61))
            await page.keyboard.down('KeyC')
          }
          await expectNothingSerious(page, `${name} at ${width}`)
          const beyond = await page.evaluate(() => {
            const { scrollWidth, clientWidth } = document.documentElement
            return scrollWidth - clientWidth
          })
          expect(beyond, `${name} at ${width}`).toBe(0)
          await page.keyboard.up('KeyC')
        }
        if (width === 320) await page.close()
      }
    },
    60_000,
  )

  it.each([
    ['outside', 'outside', 'You are in no room'],
    ['connecting', 'connecting', 'Looking for the room'],
    ['muted', 'silenced', 'You are muted'],
    ['chat-off', 'silenced', 'The chat of this room is off'],
    ['not-allowed', 'silenced', 'Your role may not play'],
  ] as const)('[AP17] says what stands in the way (%s)', async (room, banner, words) => {
    await open(room)
    expect(await text(part(banner))).toContain(words)
    await show('together')
    expect(await page.$(part(banner))).toBeNull()
  })
})

describe('playing', () => {
  it('[AP12] two rows of the computer’s keys play, and two more move them by an octave', async () => {
    await open('together')
    for (const code of ['KeyZ', 'KeyQ'] as const) await page.keyboard.down(code)
    expect(await down()).toEqual([48, 60])
    await untilLoud()
    for (const code of ['KeyZ', 'KeyQ'] as const) await page.keyboard.up(code)
    expect(await down()).toEqual([])
    await page.keyboard.press('Equal')
    await page.keyboard.down('KeyZ')
    expect(await down()).toEqual([60])
    // What was struck ends, wherever the rows are by then.
    await page.keyboard.press('Minus')
    await page.keyboard.up('KeyZ')
    expect(await down()).toEqual([])
    await untilPlayed(7)
    expect(await played()).toEqual(['program 0', 'on 48', 'on 60', 'off 48', 'off 60', 'on 60', 'off 60'])
  })

  it('[AP12] a key of the computer that is held strikes once, and with a modifier it is the browser’s', async () => {
    await open('together')
    await page.keyboard.down('KeyQ')
    await page.keyboard.down('KeyQ')
    await page.keyboard.up('KeyQ')
    await page.keyboard.down('Control')
    await page.keyboard.down('KeyQ')
    await page.keyboard.up('KeyQ')
    await page.keyboard.up('Control')
    await untilPlayed(3)
    expect(await played()).toEqual(['program 0', 'on 60', 'off 60'])
  })

  it('[AP9] a pointer slides from key to key, also beyond the piano', async () => {
    await open('together')
    const middle = async (key: number) => {
      const box = await (await page.$(`[data-key="${key}"]`))?.boundingBox()
      return [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) * 0.9] as const
    }
    await page.mouse.move(...(await middle(60)))
    await page.mouse.down()
    expect(await down()).toEqual([60])
    await page.mouse.move(...(await middle(62)))
    expect(await down()).toEqual([62])
    const [x, y] = await middle(64)
    await page.mouse.move(x, y + 300)
    expect(await down()).toEqual([64])
    await page.mouse.up()
    expect(await down()).toEqual([])
    await page.mouse.move(...(await middle(60)))
    expect(await down()).toEqual([])
  })

  it('[AP9] two fingers play two keys', async () => {
    await open('together')
    const boxes = await Promise.all([60, 64].map(async (key) => (await page.$(`[data-key="${key}"]`))?.boundingBox()))
    const touches = []
    for (const box of boxes)
      touches.push(await page.touchscreen.touchStart((box?.x ?? 0) + 10, (box?.y ?? 0) + (box?.height ?? 0) - 10))
    expect(await down()).toEqual([60, 64])
    for (const touch of touches) await touch.end()
    expect(await down()).toEqual([])
  })

  it('[AP13] the piano is one stop; arrows walk along its keys, Space holds one down', async () => {
    await open('together')
    await page.focus('[data-key][tabindex="0"]')
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
    expect(await focused()).toBe('C4')
    await page.keyboard.press('ArrowRight')
    expect(await focused()).toBe('C♯4')
    await page.keyboard.press('ArrowUp')
    expect(await focused()).toBe('C♯5')
    expect(await page.$$('[data-key][tabindex="0"]')).toHaveLength(1)
    await page.keyboard.down('Space')
    expect(await down()).toEqual([73])
    // Walking on lets go.
    await page.keyboard.press('ArrowLeft')
    expect(await down()).toEqual([])
    await page.keyboard.up('Space')
    expect(await page.$eval(':focus', (element) => getComputedStyle(element).outlineWidth)).toBe('2px')
  })

  it('[AP22] the sound one chose is told at once, and again to whoever comes', async () => {
    await open('alone')
    await page.click(`label:has(${part('sound-organ')})`)
    await untilPlayed(1)
    expect(await played()).toEqual(['program 16'])
    await show('together')
    await untilPlayed(2)
    await show('together')
    expect(await played()).toEqual(['program 16', 'program 16'])
  })

  it('[AP14] a page out of view, or without the keyboard, lets go of everything', async () => {
    await open('together')
    await page.keyboard.down('KeyQ')
    await setVisible('hidden')
    expect(await down()).toEqual([])
    await setVisible('visible')
    await page.keyboard.up('KeyQ')
    await page.keyboard.down('KeyW')
    await page.evaluate(() => window.dispatchEvent(new Event('blur')))
    expect(await down()).toEqual([])
    await untilPlayed(5)
    expect(await played()).toEqual(['program 0', 'on 60', 'off 60', 'on 62', 'off 62'])
  })

  it('[AP17] outside a room one plays alone: it sounds, and is told to nobody', async () => {
    await open('outside')
    await page.keyboard.down('KeyQ')
    await untilLoud()
    expect(await down()).toEqual([60])
    await page.keyboard.up('KeyQ')
    expect(await played()).toEqual([])
  })
})

describe('the others', () => {
  it('[AP21] are heard and seen on the keys in their colour, with their letters, their note and how late they run', async () => {
    await open('together')
    await play(1, on(60))
    await play(2, on(60), on(64))
    await untilDown(60, 64)
    expect(await page.$eval('[data-key="60"]', (key) => key.getAttribute('aria-label'))).toBe(
      'C4, Brave Otter, Quiet Owl',
    )
    const signs = (selector: string) =>
      page.$$eval(selector, (all) =>
        all.map((each) => [
          (each as HTMLElement).style.getPropertyValue('--hue'),
          each.getAttribute('data-letters') ?? each.textContent,
        ]),
      )
    const people = await signs('.player .avatar')
    expect(await signs('[data-key="60"] .holder')).toEqual(people.slice(1, 3))
    expect(new Set(people.map(([hue]) => hue)).size).toBe(5)
    await untilLoud()
    expect(await page.$$eval('.plays .name', (all) => all.map((each) => each.textContent))).toEqual([
      'Brave Otter',
      'Quiet Owl',
    ])
    await page.waitForSelector('[data-late-ms]')
    expect(await text(`.player:nth-child(2) ${part('player-state')}`)).toMatch(/^\d+ ms late$/)
    await play(1, off(60))
    await play(2, off(60), off(64))
    await untilDown()
    await untilSilent()
  })

  it('[AP23] can be silenced for oneself, and heard again', async () => {
    await open('together')
    await page.click(`.player:nth-child(2) ${part('mute')}`)
    await play(1, on(60))
    await untilDown(60)
    expect(await page.evaluate(() => globalThis.notesGallery.level())).toBeLessThan(0.001)
    expect(await text(`.player:nth-child(2) ${part('player-state')}`)).toBe('Silenced')
    await page.click(`.player:nth-child(2) ${part('mute')}`)
    await untilLoud()
  })

  it('[AP14] are silent while the page is out of view, and what they begin then is not made up for', async () => {
    await open('together')
    await play(1, { kind: 'program', channel: 0, program: 16 }, on(60))
    await untilLoud()
    await setVisible('hidden')
    await untilSilent()
    await play(1, on(64))
    await setVisible('visible')
    expect(await down()).toEqual([])
    await play(1, on(67))
    await untilDown(67)
    await untilLoud()
  })

  it.each(['outside', 'connecting', 'alone'] as const)(
    '[AP15] end when the room is gone for them or for oneself (%s)',
    async (room) => {
      await open('together')
      await play(1, { kind: 'program', channel: 0, program: 16 }, on(60))
      await untilDown(60)
      await untilLoud()
      await show(room)
      await untilDown()
      await untilSilent()
    },
  )

  it('[AP15] end with the background, as do the own keys; it is called again', async () => {
    await open('together')
    await play(1, { kind: 'program', channel: 0, program: 16 }, on(60))
    await page.keyboard.down('KeyE')
    await untilDown(60, 64)
    await page.evaluate(() => globalThis.notesGallery.hangUp())
    await untilDown()
    await untilSilent()
    expect(await page.evaluate(() => globalThis.notesGallery.connections)).toBe(2)
    expect(await page.$(part('connecting'))).not.toBeNull()
    await show('together')
    await play(1, on(62))
    await untilDown(62)
  })

  it('[AP15] a line that nothing is said on is opened anew', async () => {
    page = await built.open({ ...WIDE, query: 'speechless' })
    await page.waitForFunction(() => globalThis.notesGallery.connections === 2)
  })
})

describe('sound', () => {
  it('[AP16] that the browser holds back is asked for with one button; what began meanwhile is not heard later', async () => {
    await open('together', { query: 'silent' })
    await page.waitForSelector(part('no-sound'))
    await play(1, on(60))
    await untilDown(60)
    await page.click(part('wake'))
    await page.waitForFunction(() => globalThis.notesGallery.audioState() === 'running')
    expect(await page.$(part('no-sound'))).toBeNull()
    expect(await page.evaluate(() => globalThis.notesGallery.level())).toBe(0)
    await play(1, on(62))
    await untilLoud()
  })

  it('[AP16] begins with the first key that is pressed, too', async () => {
    await open('together', { query: 'silent' })
    await page.keyboard.down('KeyQ')
    await untilLoud()
    expect(await page.$(part('no-sound'))).toBeNull()
    await page.keyboard.up('KeyQ')
  })

  it('[AP6] the volume is a slider, down to nothing', async () => {
    await open('together')
    await page.click(`label:has(${part('sound-organ')})`)
    await page.keyboard.down('KeyQ')
    await untilLoud()
    await page.focus(part('volume'))
    await page.keyboard.press('Home')
    await untilSilent()
    expect(await down()).toEqual([60])
    await page.keyboard.press('End')
    await untilLoud()
  })
})

describe('an instrument', () => {
  const said = () => text(`${part('midi')} [role=status]`)

  it('[AP18] is asked for by a click, plays with its own force and levers, and holds nothing once it is pulled out', async () => {
    await open('together', { query: 'midi=yes' })
    expect(await page.$eval(part('midi'), (panel) => panel.getAttribute('data-state'))).toBe('off')
    await page.click(part('midi-ask'))
    await page.waitForSelector('[data-testid=midi][data-state=on]')
    expect(await said()).toContain('No instrument is connected yet')
    await page.evaluate(() => globalThis.notesGallery.midi.plugIn('one', 'Piano 88'))
    expect(await said()).toBe('Piano 88 plays here.')
    await page.evaluate(() => {
      const { midi } = globalThis.notesGallery
      midi.say('one', 0x90, 60, 100)
      midi.say('one', 0xb0, 64, 127)
      midi.say('one', 0xc0, 19)
      midi.say('one', 0xf8)
    })
    expect(await down()).toEqual([60])
    expect(await page.$eval(part('sound-organ'), (radio) => (radio as HTMLInputElement).checked)).toBe(true)
    await page.evaluate(() => globalThis.notesGallery.midi.pullOut('one'))
    expect(await down()).toEqual([])
    await untilPlayed(5)
    expect(await played()).toEqual(['program 0', 'on 60', 'control', 'program 16', 'off 60'])
  })

  it.each([
    ['midi=none', 'none', 'This browser has no MIDI'],
    ['midi=denied', 'denied', 'The browser did not allow it'],
    ['midi=denied&firefox', 'denied', 'Firefox gives instruments to web sites only'],
  ])('[AP18] that can’t be had is explained, with what works instead (%s)', async (query, state, words) => {
    await open('together', { query })
    await page.click(part('midi-ask'))
    await page.waitForSelector(`[data-testid=midi][data-state=${state}]`)
    expect(await said()).toContain(words)
  })
})
