import { describe, expect, it } from 'vitest'
import { expectNothingSerious, part } from '../gallery/axe'
import { ROOMS, type RoomName } from './example-rooms'
import { on, setNotesPage } from './gallery/notes-page'

/** The page of notes in a real Chromium, with a fake line to the background: what it draws and says, its sound and its instruments. */
const notes = setNotesPage()
const names = Object.keys(ROOMS) as RoomName[]

describe('every state', () => {
  it.each([
    { theme: 'light', dark: false, language: 'en' },
    { theme: 'dark', dark: true, language: 'en' },
    { theme: 'light, in German', dark: false, language: 'de' },
  ])(
    '[AP19] has nothing serious for axe to tell, and fits a phone and a desk ($theme)',
    async ({ dark, language }) => {
      for (const width of [320, 1280]) {
        await notes.open('outside', { width, dark, language, query: 'midi=yes&silent' })
        for (const name of names) {
          await notes.show(name)
          if (name === 'together') {
            await notes.play(1, on(60), on(61))
            await notes.page.keyboard.down('KeyC')
          }
          await expectNothingSerious(notes.page, `${name} at ${width}`)
          const beyond = await notes.page.evaluate(() => {
            const { scrollWidth, clientWidth } = document.documentElement
            return scrollWidth - clientWidth
          })
          expect(beyond, `${name} at ${width}`).toBe(0)
          await notes.page.keyboard.up('KeyC')
        }
        if (width === 320) await notes.page.close()
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
    await notes.open(room)
    expect(await notes.text(part(banner))).toContain(words)
    await notes.show('together')
    expect(await notes.page.$(part(banner))).toBeNull()
  })
})

describe('sound', () => {
  it('[AP16] that the browser holds back is asked for with one button; what began meanwhile is not heard later', async () => {
    await notes.open('together', { query: 'silent' })
    await notes.page.waitForSelector(part('no-sound'))
    await notes.play(1, on(60))
    await notes.untilDown(60)
    await notes.page.click(part('wake'))
    await notes.page.waitForFunction(() => globalThis.notesGallery.audioState() === 'running')
    expect(await notes.page.$(part('no-sound'))).toBeNull()
    expect(await notes.level()).toBeLessThan(0.001)
    await notes.play(1, on(62))
    await notes.untilLoud()
  })

  it('[AP16] begins with the first key that is pressed, too', async () => {
    await notes.open('together', { query: 'silent' })
    await notes.page.keyboard.down('KeyQ')
    await notes.untilLoud()
    expect(await notes.page.$(part('no-sound'))).toBeNull()
    await notes.page.keyboard.up('KeyQ')
  })

  it('[AP6] the volume is a slider, down to nothing', async () => {
    await notes.open('together')
    await notes.page.click(`label:has(${part('sound-organ')})`)
    await notes.page.keyboard.down('KeyQ')
    await notes.untilLoud()
    await notes.page.focus(part('volume'))
    await notes.page.keyboard.press('Home')
    await notes.untilSilent()
    expect(await notes.down()).toEqual([60])
    await notes.page.keyboard.press('End')
    await notes.untilLoud()
  })
})

describe('an instrument', () => {
  const said = () => notes.text(`${part('midi')} [role=status]`)

  it('[AP18] is asked for by a click, plays with its own force and levers, and holds nothing once it is pulled out', async () => {
    await notes.open('together', { query: 'midi=yes' })
    expect(await notes.page.$eval(part('midi'), (panel) => panel.getAttribute('data-state'))).toBe('off')
    await notes.page.click(part('midi-ask'))
    await notes.page.waitForSelector('[data-testid=midi][data-state=on]')
    expect(await said()).toContain('No instrument is connected yet')
    await notes.page.evaluate(() => globalThis.notesGallery.midi.plugIn('one', 'Piano 88'))
    expect(await said()).toBe('Piano 88 plays here.')
    await notes.page.evaluate(() => {
      const { midi } = globalThis.notesGallery
      midi.say('one', 0x90, 60, 100)
      midi.say('one', 0xb0, 64, 127)
      midi.say('one', 0xe0, 0, 100)
      midi.say('one', 0xc0, 19)
      midi.say('one', 0xf8)
    })
    expect(await notes.down()).toEqual([60])
    expect(await notes.page.$eval(part('sound-organ'), (radio) => (radio as HTMLInputElement).checked)).toBe(true)
    await notes.page.evaluate(() => globalThis.notesGallery.midi.pullOut('one'))
    expect(await notes.down()).toEqual([])
    expect(await notes.played(6)).toEqual(['on 60', 'control', 'bend', 'off 60', 'control', 'bend'])
  })

  it('[AP14] plays nothing while the page is out of view', async () => {
    await notes.open('together', { query: 'midi=yes' })
    await notes.page.click(part('midi-ask'))
    const strike = (key: number) =>
      notes.page.evaluate((struck) => globalThis.notesGallery.midi.say('one', 0x90, struck, 100), key)
    await notes.page.evaluate(() => globalThis.notesGallery.midi.plugIn('one', 'Piano 88'))
    await notes.setVisible('hidden')
    await strike(60)
    expect(await notes.down()).toEqual([])
    await notes.setVisible('visible')
    await strike(62)
    expect(await notes.down()).toEqual([62])
    expect(await notes.played(1)).toEqual(['on 62'])
  })

  it.each([
    ['midi=none', 'none', 'This browser has no MIDI'],
    ['midi=denied', 'denied', 'The browser did not allow it'],
    ['midi=denied&firefox', 'denied', 'Firefox gives instruments to web sites only'],
  ])('[AP18] that can’t be had is explained, with what works instead (%s)', async (query, state, words) => {
    await notes.open('together', { query })
    await notes.page.click(part('midi-ask'))
    await notes.page.waitForSelector(`[data-testid=midi][data-state=${state}]`)
    expect(await said()).toContain(words)
  })
})
