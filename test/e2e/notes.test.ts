/** Notes in real browsers: what one plays on the page of notes is heard and seen in the other, beside the film, and nothing of it sticks. */
import type { Page } from 'puppeteer-core'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { clickPicture, untilPlaying } from '../../scripts/drive/film-page.mjs'
import { part } from '../../scripts/drive/tutti-popup.mjs'
import { until } from '../../scripts/drive/until.mjs'
import { fresh, type Guest, inPopup, meet, setStage, untilPast, untilTogether } from './stage'

const NOTES = 'src/notes/index.html'
/** Far below what any note is, far above what is left of one. */
const AUDIBLE = 0.004
const SILENT = 0.0005

describe('notes', () => {
  const stage = setStage(['chromium', 'chromium'])
  let anna: Page
  let ben: Page

  beforeAll(async () => {
    await meet(stage)
    anna = await openNotes(stage.guest(0))
    ben = await openNotes(stage.guest(1))
  })
  beforeEach(async () => {
    for (const page of [anna, ben]) await untilNothingIsHeld(page)
  })

  it('[AP30] pressed by one are heard by the other at the same pitch, seen on the key in that person’s colour, with how late they run', async () => {
    await anna.keyboard.down('KeyQ')
    await until('it is heard', async () => (await heard(ben)).level > AUDIBLE)
    // The middle C.
    expect((await heard(ben)).hz).toBeGreaterThan(258)
    expect((await heard(ben)).hz).toBeLessThan(266)
    await until('it is seen', async () => (await heldKeys(ben)).length === 1)
    expect(await heldKeys(ben)).toEqual(['C4, Anna'])
    const colours = await ben.evaluate(() =>
      ['[data-key="60"] .holder', '[data-testid=player]:first-child .avatar'].map((selector) => {
        const found = document.querySelector(selector)
        return found && getComputedStyle(found).backgroundColor
      }),
    )
    expect(colours[0]).toBe(colours[1])
    await until('it is told how late', async () => (await ben.$('[data-late-ms]')) !== null)
    await anna.keyboard.up('KeyQ')
    await untilNothingIsHeld(ben)
    await untilSilent(ben)
  })

  it('[AP31] a slide of the pointer plays each key on its way, here and there', async () => {
    const boxes = await Promise.all(
      [60, 62, 64].map((key) => anna.$(`[data-key="${key}"]`).then((found) => found?.boundingBox())),
    )
    const middles = boxes.map((box) => ({
      x: (box?.x ?? 0) + (box?.width ?? 0) / 2,
      y: (box?.y ?? 0) + (box?.height ?? 0) * 0.9,
    }))
    await ben.evaluate(recordHeld)
    for (const [index, { x, y }] of middles.entries()) {
      await anna.mouse.move(x, y)
      if (index === 0) await anna.mouse.down()
    }
    await anna.mouse.up()
    await until('all three were seen', async () => {
      const seen = await ben.evaluate(() => Reflect.get(globalThis, 'seenKeys') as string[])
      if (seen.length < 3) throw new Error(seen.join())
      return true
    })
    await untilNothingIsHeld(ben)
  })

  it('[AP32] whose background is stopped with a key down holds nothing any more, and is heard again', async () => {
    await anna.keyboard.down('KeyE')
    await until('it is held', async () => (await heldKeys(ben)).length === 1)
    await stopBackground(anna)
    await untilNothingIsHeld(anna)
    await untilNothingIsHeld(ben)
    await untilSilent(ben)
    await anna.keyboard.up('KeyE')
    await untilInRoom(anna)
    await anna.keyboard.down('KeyR')
    await until('it is heard again', async () => (await heard(ben)).level > AUDIBLE)
    await anna.keyboard.up('KeyR')
  })

  it('[AP33] a page that is closed with a key down lets go of it', async () => {
    const held = await openNotes(stage.guest(0))
    await held.keyboard.down('KeyT')
    await until('it is held', async () => (await heldKeys(ben)).length === 1)
    await held.close()
    await untilNothingIsHeld(ben)
    await anna.bringToFront()
  })

  it('[AP34] who leaves the room is silent, told so, and plays on alone', async () => {
    await anna.keyboard.down('KeyY')
    await until('it is held', async () => (await heldKeys(ben)).length === 1)
    await inPopup(stage.guest(0), (popup) => popup.click(part('leave')))
    await untilNothingIsHeld(ben)
    await anna.bringToFront()
    await anna.waitForSelector(part('outside'))
    await anna.keyboard.up('KeyY')
    await anna.keyboard.down('KeyQ')
    await until('it is heard alone', async () => (await heard(anna)).level > AUDIBLE)
    expect(await heldKeys(ben)).toEqual([])
    await anna.keyboard.up('KeyQ')
  })

  it('[AP35] sound beside a film that goes on in time, from a page that the popup opens, once', async () => {
    await anna.close()
    await ben.close()
    await fresh(stage)
    await meet(stage)
    const [first, second] = [stage.guest(0), stage.guest(1)]
    await clickPicture(first.page)
    await untilPlaying(first.page, true)
    anna = await openNotesByPopup(first)
    await openNotesByPopup(first)
    expect((await first.page.browser().pages()).filter((page) => page.url().endsWith(NOTES))).toHaveLength(1)
    ben = await openNotes(second)
    await anna.bringToFront()
    await anna.keyboard.down('KeyQ')
    await until('it is heard', async () => (await heard(ben)).level > AUDIBLE)
    await anna.keyboard.up('KeyQ')
    await untilPast(second.page, 3)
    await untilTogether(first.page, second.page)
  })
})

/** With an ear on what goes to the loudspeakers. */
async function openNotes(guest: Guest): Promise<Page> {
  const browser = guest.page.browser()
  const before = new Set(await browser.pages())
  await guest.browser.openOwnPage(NOTES)
  const page = (await browser.pages()).find((each) => !before.has(each))
  if (!page) throw new Error('The page of notes did not open.')
  await page.evaluateOnNewDocument(listen)
  await page.reload()
  await untilInRoom(page)
  return page
}

async function openNotesByPopup(guest: Guest): Promise<Page> {
  const popup = await guest.browser.openPopup()
  await popup.click(part('notes'))
  const target = await guest.page.browser().waitForTarget((each) => each.url().endsWith(NOTES))
  await popup.close()
  const page = await target.page()
  if (!page) throw new Error('The page of notes did not open.')
  await untilInRoom(page)
  return page
}

/** Runs in the page before it does: whatever is connected to the loudspeakers is connected to an analyser, too. */
function listen(): void {
  type Connect = (this: AudioNode, to: AudioNode | AudioParam, ...rest: number[]) => unknown
  const connect = Reflect.get(AudioNode.prototype, 'connect') as Connect
  const overheard: Connect = function (to, ...rest) {
    if (to instanceof AudioDestinationNode) {
      const ear = new AnalyserNode(this.context, { fftSize: 32_768 })
      connect.call(this, ear)
      Reflect.set(globalThis, 'ear', ear)
    }
    return connect.call(this, to, ...rest)
  }
  Reflect.set(AudioNode.prototype, 'connect', overheard)
}

/** By the page itself, so that nothing is attached to the one that dies or to the one that follows. */
async function stopBackground(page: Page): Promise<void> {
  const session = await page.createCDPSession()
  await session.send('ServiceWorker.enable')
  await session.send('ServiceWorker.stopAllWorkers')
  await session.detach()
}

/** How loud, and which tone is the strongest. */
function heard(page: Page): Promise<{ level: number; hz: number }> {
  return page.evaluate(() => {
    const ear = Reflect.get(globalThis, 'ear') as AnalyserNode
    const samples = new Float32Array(4096)
    ear.getFloatTimeDomainData(samples)
    const tones = new Float32Array(ear.frequencyBinCount)
    ear.getFloatFrequencyData(tones)
    const strongest = tones.indexOf(tones.reduce((most, each) => Math.max(most, each), -Infinity))
    return {
      level: Math.sqrt(samples.reduce((sum, sample) => sum + sample ** 2, 0) / samples.length),
      hz: (strongest * ear.context.sampleRate) / ear.fftSize,
    }
  })
}

function heldKeys(page: Page): Promise<(string | null)[]> {
  return page.$$eval('[data-key][aria-pressed=true]', (keys) => keys.map((key) => key.getAttribute('aria-label')))
}

/** Runs in the page: keeps the name of every key that was seen to go down. */
function recordHeld(): void {
  const seen: string[] = []
  Reflect.set(globalThis, 'seenKeys', seen)
  new MutationObserver(() => {
    for (const key of document.querySelectorAll('[data-key][aria-pressed=true]')) {
      const name = key.getAttribute('data-key') ?? ''
      if (!seen.includes(name)) seen.push(name)
    }
  }).observe(document, { subtree: true, childList: true, attributes: true })
}

function untilNothingIsHeld(page: Page): Promise<unknown> {
  return until('nothing is held', async () => {
    const held = await heldKeys(page)
    if (held.length > 0) throw new Error(held.join())
    return true
  })
}

function untilSilent(page: Page): Promise<unknown> {
  return until('it is silent', async () => {
    const { level } = await heard(page)
    if (level > SILENT) throw new Error(String(level))
    return true
  })
}

function untilInRoom(page: Page): Promise<unknown> {
  return until('the page is in the room', async () => {
    const state = await page.evaluate(() => document.querySelector('[data-testid=notes]')?.getAttribute('data-room'))
    if (state !== 'in-room') throw new Error(String(state))
    return true
  })
}
