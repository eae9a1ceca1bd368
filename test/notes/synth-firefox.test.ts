import puppeteer, { type Browser, type Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserPath } from '../../scripts/browsers.mjs'
import type { NoteAct } from '../../src/core/notes/note'
import { buildPage, serve } from '../gallery/open-page'

/** The synth in Firefox, where parts of Web Audio behave in ways of their own. */
let browser: Browser
let page: Page

beforeAll(async () => {
  const files = await buildPage('test/notes/sound/index.html')
  browser = await puppeteer.launch({ browser: 'firefox', executablePath: browserPath('firefox'), headless: true })
  page = await browser.newPage()
  await serve(page, files)
  await page.goto('http://gallery.test/test/notes/sound/index.html')
}, 60_000)
afterAll(() => browser.close())

type Wish = Parameters<typeof globalThis.sound.render>[0]
const render = (wish: Wish) => page.evaluate((asked) => globalThis.sound.render(asked), wish)
const on = (key: number, velocity = 100): NoteAct => ({ kind: 'on', channel: 0, key, velocity })
const off = (key: number): NoteAct => ({ kind: 'off', channel: 0, key })
const ORGAN: NoteAct = { kind: 'program', channel: 0, program: 16 }

describe('the synth in Firefox', () => {
  it('[AP1] begins a note at its moment, the first as loud as one after a silence', async () => {
    const { onsetSec, levels } = await render({
      steps: [on(69), off(69)]
        .flatMap((act, index) => [0.3, 4.3].map((from) => ({ atSec: from + index * 0.1, act })))
        .sort((a, b) => a.atSec - b.atSec),
      sec: 4.6,
      levelsAtSec: [0.35, 4.35],
    })
    expect(onsetSec).toBeGreaterThan(0.305)
    expect(onsetSec).toBeLessThan(0.308)
    expect(levels[0]).toBeGreaterThan(0.1)
    expect((levels[0] ?? 0) / (levels[1] ?? 1)).toBeCloseTo(1, 1)
  })

  it('[AP2] ends it', async () => {
    const { levels, voicesInTheEnd } = await render({
      steps: [
        { atSec: 0, act: ORGAN },
        { atSec: 0.1, act: on(60) },
        { atSec: 0.5, act: off(60) },
      ],
      sec: 2.5,
      levelsAtSec: [0.4, 2.3],
    })
    expect(levels[0]).toBeGreaterThan(0.02)
    expect(levels[1]).toBeLessThan(0.002)
    expect(voicesInTheEnd).toBe(0)
  })

  it('[AP6] lets nothing begin that was cut before', async () => {
    const { peak, voicesInTheEnd } = await render({
      steps: [
        { atSec: 0, act: ORGAN },
        { atSec: 0.1, act: on(60) },
        { atSec: 0.5, act: on(64) },
        { atSec: 0, does: 'silence' },
      ],
      sec: 1,
    })
    expect(peak).toBeLessThan(0.002)
    expect(voicesInTheEnd).toBe(0)
  })

  it('[AP5] stays below full scale, however many play', async () => {
    const { peak } = await render({
      steps: Array.from({ length: 200 }, (_, index) => ({
        atSec: 0.1,
        player: `player ${index % 8}`,
        act: on(24 + (index % 80), 127),
      })),
      sec: 0.6,
    })
    expect(peak).toBeLessThan(1)
    expect(peak).toBeGreaterThan(0.5)
  })
})
