/** Notes between Chromium and Firefox: seen on each other's keys, ended on both, and an instrument that Firefox does not give is explained. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { OwnPage } from '../../scripts/drive/own-page.mjs'
import { part } from '../../scripts/drive/tutti-popup.mjs'
import { until } from '../../scripts/drive/until.mjs'
import { meet, setStage } from './stage'

describe('notes between Chromium and Firefox', () => {
  const stage = setStage(['chromium', 'firefox'])
  const pages: OwnPage[] = []

  beforeAll(async () => {
    await meet(stage)
    for (const { browser } of stage.guests) pages.push(await browser.openOwnPage('src/notes/index.html'))
    for (const page of pages) {
      await page.toFront()
      await until('both are here', async () => (await texts(page, part('player'))).length === 2)
    }
  })

  it.each([
    { from: 0, to: 1, name: 'Anna' },
    { from: 1, to: 0, name: 'Ben' },
  ])(
    '[AP30] what $name plays is seen on the other’s keys, told how late, and ends there',
    async ({ from, to, name }) => {
      const [player, hearer] = [pages[from], pages[to]]
      if (!player || !hearer) throw new Error('The pages are not open.')
      await player.toFront()
      await player.keyDown('KeyQ')
      await until('it is seen', async () => (await held(hearer)).join() === `C4, ${name}`)
      await until('it is told how late', async () => (await texts(hearer, '[data-late-ms]')).length === 1)
      await player.keyUp('KeyQ')
      await until('it has ended', async () => (await held(hearer)).length === 0)
    },
  )

  it('[AP18] Firefox gives an extension no instrument, and the page says so', async () => {
    const firefox = pages[1]
    if (!firefox) throw new Error('The page is not open.')
    await firefox.toFront()
    await firefox.click(part('midi-ask'))
    await until('it is explained', async () => {
      const [words = ''] = await texts(firefox, part('midi'))
      if (!words.includes('Firefox gives instruments to web sites only')) throw new Error(words)
      return true
    })
    expect(await texts(firefox, part('midi-ask'))).toEqual([])
  })
})

function texts(page: OwnPage, selector: string): Promise<string[]> {
  return page.read(
    (document, wanted) => [...document.querySelectorAll(wanted)].map((found) => found.textContent ?? ''),
    selector,
  )
}

function held(page: OwnPage): Promise<string[]> {
  return page.read(
    (document) =>
      [...document.querySelectorAll('[data-key][aria-pressed=true]')].map(
        (key) => key.getAttribute('aria-label') ?? '',
      ),
    undefined,
  )
}
