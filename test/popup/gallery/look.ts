/** What a test asks of the popup in the gallery: what it posted, whether it fits, what axe has to tell. */
import type { Page } from 'puppeteer-core'
import { expect } from 'vitest'

export { expectNothingSerious, part } from '../../gallery/axe'

/** Without the hello. */
export async function posted(page: Page): Promise<unknown[]> {
  return (await page.evaluate(() => globalThis.gallery.posted)).slice(1)
}

export async function expectToFit(page: Page, name: string): Promise<void> {
  const drawn = await page.evaluate(() => {
    const { scrollWidth, scrollHeight } = document.documentElement
    const wide = [...document.querySelectorAll('.popup *:not(.hidden)')].filter(
      (element) => element.getBoundingClientRect().right > 360,
    )
    const [code, copy] = ['code', 'copy-invite'].map((name) =>
      document.querySelector(`[data-testid="${name}"]`)?.getBoundingClientRect(),
    )
    const covered = code && copy ? code.right > copy.left : false
    return { scrollWidth, scrollHeight, wide: wide.map((element) => element.outerHTML), covered }
  })
  expect(drawn.wide, name).toEqual([])
  expect(drawn.covered, `${name}: the code under its button`).toBe(false)
  expect(drawn.scrollWidth, name).toBe(360)
  expect(drawn.scrollHeight, name).toBeLessThanOrEqual(600)
}
