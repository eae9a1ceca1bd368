import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'puppeteer-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ExampleName } from './example-views'
import * as look from './gallery/look'
import { type OpenGallery, openGallery } from './gallery/open-gallery'

/** The host's say over how long the room waits, in a real Chromium. */
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let gallery: OpenGallery
let page: Page

beforeAll(async () => {
  gallery = await openGallery()
}, 60_000)
afterAll(() => gallery.close())
afterEach(() => page.close())

const { part } = look
const posted = () => look.posted(page)
const show = (name: ExampleName) => page.evaluate((view) => globalThis.gallery.show(view), name)
const isFocused = (name: string) =>
  page.evaluate((selector) => document.activeElement?.matches(selector) ?? false, part(name))

async function tabTo(name: string): Promise<void> {
  for (let i = 0; i < 30; i += 1) {
    if (await isFocused(name)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not reach "${name}"`)
}

describe('how long the room waits', () => {
  it('[U29] is unfolded and set by keyboard, each step posted at once', async () => {
    page = await gallery.open('room')
    expect(await page.$eval(part('patience-open'), (button) => button.textContent)).toBe('Waits up to 10 s for loading')
    expect(await page.$eval(part('patience-most'), (select) => select.checkVisibility())).toBe(false)
    await tabTo('patience-open')
    await page.keyboard.press('Enter')
    await page.waitForSelector(`${part('patience-open')}[aria-expanded=true]`)
    await tabTo('patience-most')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await tabTo('patience-ad')
    await page.keyboard.press('Space')
    await tabTo('patience-buffering')
    await page.keyboard.press('Space')
    const reasons = ['buffering']
    expect(await posted()).toEqual([
      { type: 'set-patience', patience: { mostSec: 30, reasons } },
      { type: 'set-patience', patience: { mostSec: 60, reasons } },
      { type: 'set-patience', patience: { mostSec: 10, reasons: ['buffering', 'ad'] } },
      { type: 'set-patience', patience: { mostSec: 10, reasons: [] } },
    ])
  })

  it('[U29] is read, not set, by others; and by the host it is not set while the connection is lost', async () => {
    page = await gallery.open('impatient')
    expect(await page.$eval(part('patience'), (section) => section.textContent)).toBe('Waits for nobody')
    expect(await page.$(`${part('patience')} :is(button, select, input)`)).toBeNull()
    await show('lost')
    await page.click(part('patience-open'))
    expect(await page.$eval(part('patience-most'), (select) => select.matches(':disabled'))).toBe(true)
  })

  it('[U29] shows what is set, with reasons at rest while it waits for nobody', async () => {
    page = await gallery.open('gave-up')
    const shown = () =>
      page.$$eval('#patience-panel :is(select, input)', (found) =>
        found.map((field) => (field instanceof HTMLInputElement ? field.checked : field.value)),
      )
    expect(await shown()).toEqual(['30', true, true, true])
    await show('room')
    expect(await shown()).toEqual(['10', true, false, false])
    expect(await page.$eval(part('patience-ad'), (box) => box.matches(':disabled'))).toBe(false)
    await show('never-waits')
    expect(await shown()).toEqual(['0', true, false, false])
    expect(await page.$eval(part('patience-ad'), (box) => box.matches(':disabled'))).toBe(true)
  })

  it('[U10] the last act says whom the room went on without', async () => {
    page = await gallery.open('gave-up')
    expect(await page.$eval(part('act'), (act) => act.textContent)).toBe('Went on without Brave Otter')
  })

  it.each([
    { theme: 'light', dark: false, language: 'en' },
    { theme: 'dark', dark: true, language: 'de' },
  ])('[U1] unfolded it fits, and has nothing serious for axe to tell ($theme, $language)', async (options) => {
    page = await gallery.open('gave-up', options)
    await page.click(part('patience-open'))
    await page.waitForFunction(() => document.getAnimations().length === 0)
    const drawn = await page.evaluate(() => {
      const { scrollWidth, scrollHeight } = document.documentElement
      const wide = [...document.querySelectorAll('.patience *:not(.hidden)')].filter(
        (element) => element.getBoundingClientRect().right > 360,
      )
      return { scrollWidth, scrollHeight, wide: wide.length }
    })
    expect(drawn).toEqual({ scrollWidth: 360, scrollHeight: expect.any(Number), wide: 0 })
    expect(drawn.scrollHeight).toBeLessThanOrEqual(600)
    await page.evaluate(axe)
    const { violations } = (await page.evaluate('axe.run()')) as AxeResults
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    expect(serious.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  })
})
