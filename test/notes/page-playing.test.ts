import { describe, expect, it } from 'vitest'
import { part } from '../gallery/axe'
import { ORGAN, off, on, setNotesPage } from './gallery/notes-page'

/** The page of notes in a real Chromium: own hands on it, and the others heard and seen. */
const notes = setNotesPage()

describe('playing', () => {
  it('[AP12] two rows of the computer’s keys play, and two more move them by an octave', async () => {
    await notes.open('together')
    for (const code of ['KeyZ', 'KeyQ'] as const) await notes.page.keyboard.down(code)
    expect(await notes.down()).toEqual([48, 60])
    await notes.untilLoud()
    for (const code of ['KeyZ', 'KeyQ'] as const) await notes.page.keyboard.up(code)
    expect(await notes.down()).toEqual([])
    await notes.page.keyboard.press('Equal')
    await notes.page.keyboard.down('KeyZ')
    expect(await notes.down()).toEqual([60])
    // What was struck ends, wherever the rows are by then.
    await notes.page.keyboard.press('Minus')
    await notes.page.keyboard.up('KeyZ')
    expect(await notes.down()).toEqual([])
    expect(await notes.played(6)).toEqual(['on 48', 'on 60', 'off 48', 'off 60', 'on 60', 'off 60'])
  })

  it('[AP12] a key of the computer that is held strikes once, and with a modifier it is the browser’s', async () => {
    await notes.open('together')
    await notes.page.keyboard.down('KeyQ')
    await notes.page.keyboard.down('KeyQ')
    await notes.page.keyboard.up('KeyQ')
    await notes.page.keyboard.down('Control')
    await notes.page.keyboard.down('KeyQ')
    await notes.page.keyboard.up('KeyQ')
    await notes.page.keyboard.up('Control')
    expect(await notes.played(2)).toEqual(['on 60', 'off 60'])
  })

  it('[AP9] a pointer slides from key to key, also beyond the piano', async () => {
    await notes.open('together')
    const middle = async (key: number) => {
      const box = await (await notes.page.$(`[data-key="${key}"]`))?.boundingBox()
      return [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) * 0.9] as const
    }
    await notes.page.mouse.move(...(await middle(60)))
    await notes.page.mouse.down()
    expect(await notes.down()).toEqual([60])
    await notes.page.mouse.move(...(await middle(62)))
    expect(await notes.down()).toEqual([62])
    const [x, y] = await middle(64)
    await notes.page.mouse.move(x, y + 300)
    expect(await notes.down()).toEqual([64])
    await notes.page.mouse.up()
    expect(await notes.down()).toEqual([])
    await notes.page.mouse.move(...(await middle(60)))
    expect(await notes.down()).toEqual([])
  })

  it('[AP9] two fingers play two keys', async () => {
    await notes.open('together')
    const boxes = await Promise.all(
      [60, 64].map(async (key) => (await notes.page.$(`[data-key="${key}"]`))?.boundingBox()),
    )
    const touches = []
    for (const box of boxes)
      touches.push(await notes.page.touchscreen.touchStart((box?.x ?? 0) + 10, (box?.y ?? 0) + (box?.height ?? 0) - 10))
    expect(await notes.down()).toEqual([60, 64])
    for (const touch of touches) await touch.end()
    expect(await notes.down()).toEqual([])
  })

  it('[AP13] the piano is one stop; arrows walk along its keys, Space holds one down', async () => {
    await notes.open('together')
    await notes.page.focus('[data-key][tabindex="0"]')
    const focused = () => notes.page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
    expect(await focused()).toBe('C4')
    await notes.page.keyboard.press('ArrowRight')
    expect(await focused()).toBe('C♯4')
    await notes.page.keyboard.press('ArrowUp')
    expect(await focused()).toBe('C♯5')
    expect(await notes.page.$$('[data-key][tabindex="0"]')).toHaveLength(1)
    await notes.page.keyboard.down('Space')
    expect(await notes.down()).toEqual([73])
    // Walking on lets go.
    await notes.page.keyboard.press('ArrowLeft')
    expect(await notes.down()).toEqual([])
    await notes.page.keyboard.up('Space')
    expect(await notes.page.$eval(':focus', (element) => getComputedStyle(element).outlineWidth)).toBe('2px')
  })

  it('[AP22] the sound one chose is told at once, and again to whoever comes', async () => {
    await notes.open('alone')
    await notes.page.click(`label:has(${part('sound-organ')})`)
    expect(await notes.sounds(1)).toEqual(['16'])
    await notes.show('together')
    await notes.show('together')
    expect(await notes.sounds(2)).toEqual(['16', '16'])
  })

  it('[AP14] a page out of view, or without the keyboard, lets go of everything', async () => {
    await notes.open('together')
    await notes.page.keyboard.down('KeyQ')
    await notes.setVisible('hidden')
    expect(await notes.down()).toEqual([])
    await notes.setVisible('visible')
    await notes.page.keyboard.up('KeyQ')
    await notes.page.keyboard.down('KeyW')
    await notes.page.evaluate(() => window.dispatchEvent(new Event('blur')))
    expect(await notes.down()).toEqual([])
    expect(await notes.played(4)).toEqual(['on 60', 'off 60', 'on 62', 'off 62'])
  })

  it('[AP14] the key of macOS that hides when others go up lets go of them, too', async () => {
    await notes.open('together')
    await notes.page.keyboard.down('KeyQ')
    await notes.page.keyboard.down('Meta')
    expect(await notes.down()).toEqual([])
    await notes.page.keyboard.up('Meta')
    await notes.page.keyboard.up('KeyQ')
    expect(await notes.played(2)).toEqual(['on 60', 'off 60'])
  })

  it('[AP17] outside a room one plays alone: it sounds, and is told to nobody', async () => {
    await notes.open('outside')
    await notes.page.keyboard.down('KeyQ')
    await notes.untilLoud()
    expect(await notes.down()).toEqual([60])
    await notes.page.keyboard.up('KeyQ')
    expect(await notes.played(0)).toEqual([])
  })
})

describe('the others', () => {
  it('[AP21] are heard and seen on the keys in their colour, with their letters, their note and how late they run', async () => {
    await notes.open('together')
    await notes.play(1, on(60))
    await notes.play(2, on(60), on(64))
    await notes.untilDown(60, 64)
    expect(await notes.page.$eval('[data-key="60"]', (key) => key.getAttribute('aria-label'))).toBe(
      'C4, Brave Otter, Quiet Owl',
    )
    const signs = (selector: string) =>
      notes.page.$$eval(selector, (all) =>
        all.map((each) => [
          (each as HTMLElement).style.getPropertyValue('--hue'),
          each.getAttribute('data-letters') ?? each.textContent,
        ]),
      )
    const people = await signs('.player .avatar')
    expect(await signs('[data-key="60"] .holder')).toEqual(people.slice(1, 3))
    expect(new Set(people.map(([hue]) => hue)).size).toBe(5)
    await notes.untilLoud()
    expect(await notes.page.$$eval('.plays .name', (all) => all.map((each) => each.textContent))).toEqual([
      'Brave Otter',
      'Quiet Owl',
    ])
    await notes.page.waitForSelector('[data-late-ms]')
    expect(await notes.text(`.player:nth-child(2) ${part('player-state')}`)).toMatch(/^\d+ ms late$/)
    await notes.play(1, off(60))
    await notes.play(2, off(60), off(64))
    await notes.untilDown()
    await notes.untilSilent()
  })

  it('[AP25] leave trails that rise from the keys, unless less motion was asked for', async () => {
    await notes.open('together')
    const trails = () =>
      notes.page.$$eval('.trail', (all) =>
        all.filter((trail) => trail.checkVisibility()).map((trail) => trail.className),
      )
    await notes.play(1, on(60))
    await notes.untilDown(60)
    expect(await trails()).toEqual([])
    await notes.page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'no-preference' }])
    expect(await trails()).toEqual(['trail'])
    await notes.play(1, off(60))
    await notes.untilDown()
    expect(await trails()).toEqual(['trail over'])
    // Once it has risen it is gone.
    await notes.page.$eval('.trail', (trail) => {
      for (const animation of trail.getAnimations()) animation.finish()
    })
    await notes.page.waitForFunction(() => document.querySelector('.trail') === null)
  })

  it('[AP23] can be silenced for oneself, and heard again', async () => {
    await notes.open('together')
    await notes.play(1, ORGAN, on(60))
    await notes.untilLoud()
    const mute = `.player:nth-child(2) ${part('mute')}`
    await notes.page.click(mute)
    await notes.untilSilent()
    expect(await notes.down()).toEqual([60])
    expect(await notes.text(`.player:nth-child(2) ${part('player-state')}`)).toBe('Silenced')
    await notes.page.click(mute)
    await notes.untilLoud()
  })

  it('[AP14] are heard on while the page is out of view: the film may be in another tab', async () => {
    await notes.open('together')
    await notes.play(1, ORGAN, on(60))
    await notes.untilLoud()
    await notes.setVisible('hidden')
    await notes.play(1, off(60), on(64))
    await notes.untilDown(64)
    await notes.untilLoud()
    await notes.setVisible('visible')
    expect(await notes.down()).toEqual([64])
  })

  it('[AP14] are silent while the page is left, and what they begin then is not made up for', async () => {
    await notes.open('together')
    await notes.play(1, ORGAN, on(60))
    await notes.untilLoud()
    await notes.page.evaluate(() => window.dispatchEvent(new Event('pagehide')))
    await notes.untilSilent()
    await notes.play(1, on(64))
    await notes.page.evaluate(() => window.dispatchEvent(new Event('pageshow')))
    expect(await notes.down()).toEqual([])
    await notes.play(1, on(67))
    await notes.untilDown(67)
    await notes.untilLoud()
  })

  it.each(['outside', 'connecting', 'alone'] as const)(
    '[AP15] end when the room is gone for them or for oneself (%s)',
    async (room) => {
      await notes.open('together')
      await notes.play(1, ORGAN, on(60))
      await notes.untilDown(60)
      await notes.untilLoud()
      await notes.show(room)
      await notes.untilDown()
      await notes.untilSilent()
    },
  )

  it('[AP15] end with the background, as do the own keys; it is called again', async () => {
    await notes.open('together')
    await notes.play(1, ORGAN, on(60))
    await notes.page.keyboard.down('KeyE')
    await notes.untilDown(60, 64)
    await notes.page.evaluate(() => globalThis.notesGallery.hangUp())
    await notes.untilDown()
    await notes.untilSilent()
    expect(await notes.page.evaluate(() => globalThis.notesGallery.connections)).toBe(2)
    expect(await notes.page.$(part('connecting'))).not.toBeNull()
    await notes.show('together')
    await notes.play(1, on(62))
    await notes.untilDown(62)
  })

  it('[AP15] a line that nothing is said on is opened anew', async () => {
    await notes.openBare({ query: 'speechless' })
    await notes.page.waitForFunction(() => globalThis.notesGallery.connections === 2)
  })
})
