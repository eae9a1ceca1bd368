import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NoteAct } from '../../src/core/notes/note'
import { SOUND_NAMES, type SoundName } from '../../src/notes/synth/recipes'
import { programOf } from '../../src/notes/synth/sounds'
import { MOST_VOICES } from '../../src/notes/synth/steal'
import { type Gallery, openGalleryOf } from '../gallery/open-page'

/** The synth in a real browser, faster than time: what would be heard, to the sample. */
let built: Gallery
let page: Page

beforeAll(async () => {
  built = await openGalleryOf('test/notes/sound/index.html')
  page = await built.open({ width: 400, height: 300 })
}, 60_000)
afterAll(() => built.close())

type Wish = Parameters<typeof globalThis.sound.render>[0]
const render = (wish: Wish) => page.evaluate((asked) => globalThis.sound.render(asked), wish)

const on = (key: number, velocity = 100, channel = 0): NoteAct => ({ kind: 'on', channel, key, velocity })
const off = (key: number, channel = 0): NoteAct => ({ kind: 'off', channel, key })
const control = (controller: number, value: number): NoteAct => ({ kind: 'control', channel: 0, controller, value })
const pedal = (isDown: boolean) => control(64, isDown ? 127 : 0)
const program = (name: SoundName): NoteAct => ({ kind: 'program', channel: 0, program: programOf(name) })
const centsOff = (hz: number | undefined, key: number) => 1200 * Math.log2((hz ?? 0) / (440 * 2 ** ((key - 69) / 12)))

const SILENT = 0.002
const AUDIBLE = 0.02
/** The limiter looks ahead by 6 ms, for everything the same. */
const AHEAD_SEC = 0.006
const TONES = SOUND_NAMES.filter((name) => name !== 'woodblock')

describe('a note', () => {
  it.each(SOUND_NAMES)('[AP1] of the sound %s begins at its moment, within 2 ms', async (name) => {
    const { onsetSec } = await render({
      steps: [
        { atSec: 0, act: program(name) },
        { atSec: 0.3, act: on(69) },
      ],
      sec: 0.6,
    })
    expect(onsetSec).toBeGreaterThan(0.3 + AHEAD_SEC - 0.001)
    expect(onsetSec).toBeLessThan(0.3 + AHEAD_SEC + 0.002)
  })

  it.each(TONES.flatMap((name) => [48, 69, 81].map((key) => ({ name, key }))))(
    '[AP1] of the sound $name has the pitch of its key ($key)',
    async ({ name, key }) => {
      const { hz } = await render({
        steps: [
          { atSec: 0, act: program(name) },
          { atSec: 0, act: on(key) },
        ],
        sec: 0.7,
        pitchFromSec: 0.3,
      })
      expect(Math.abs(centsOff(hz, key))).toBeLessThan(10)
    },
  )

  it('[AP1] sounds louder the harder it is struck', async () => {
    const levels = await Promise.all(
      [20, 60, 120].map(
        async (velocity) => (await render({ steps: [{ atSec: 0, act: on(60, velocity) }], sec: 0.3 })).peak,
      ),
    )
    expect(levels).toEqual([...levels].sort((a, b) => a - b))
    expect(levels[2]).toBeGreaterThan(2 * (levels[0] ?? 1))
  })

  it.each(SOUND_NAMES)('[AP2] of the sound %s dies away after its key went up, and its voice ends', async (name) => {
    const { levels, voicesInTheEnd } = await render({
      steps: [
        { atSec: 0, act: program(name) },
        { atSec: 0.1, act: on(60) },
        { atSec: 0.4, act: off(60) },
      ],
      sec: 3.5,
      levelsAtSec: [0.13, 3.3],
    })
    expect(levels[0]).toBeGreaterThan(AUDIBLE)
    expect(levels[1]).toBeLessThan(SILENT)
    expect(voicesInTheEnd).toBe(0)
  })

  it('[AP2] of a stroke without force is an end', async () => {
    const { levels } = await render({
      steps: [
        { atSec: 0, act: program('organ') },
        { atSec: 0, act: on(60) },
        { atSec: 0.3, act: on(60, 0) },
      ],
      sec: 2.2,
      levelsAtSec: [0.2, 2],
    })
    expect(levels[0]).toBeGreaterThan(AUDIBLE)
    expect(levels[1]).toBeLessThan(SILENT)
  })

  it('[AP2] struck again while it sounds leaves one voice, that ends with its key', async () => {
    const { levels, voicesInTheEnd } = await render({
      steps: [
        { atSec: 0, act: program('organ') },
        ...[0, 0.1, 0.2].map((atSec) => ({ atSec, act: on(60) })),
        { atSec: 0.5, act: off(60) },
      ],
      sec: 2.5,
      levelsAtSec: [0.4, 2.3],
    })
    expect(levels[0]).toBeGreaterThan(AUDIBLE)
    expect(levels[1]).toBeLessThan(SILENT)
    expect(voicesInTheEnd).toBe(0)
  })
})

describe('levers', () => {
  it('[AP3] the pedal keeps what was let go until it goes up', async () => {
    const { levels } = await render({
      steps: [
        { atSec: 0, act: program('organ') },
        { atSec: 0, act: pedal(true) },
        { atSec: 0, act: on(60) },
        { atSec: 0.2, act: off(60) },
        { atSec: 1, act: pedal(false) },
      ],
      sec: 2.8,
      levelsAtSec: [0.9, 2.6],
    })
    expect(levels[0]).toBeGreaterThan(AUDIBLE)
    expect(levels[1]).toBeLessThan(SILENT)
  })

  it.each([
    [8191, 71],
    [-8192, 67],
    [0, 69],
  ])('[AP4] the bend %d brings key 69 to the pitch of key %d', async (bend, key) => {
    const { hz } = await render({
      steps: [
        { atSec: 0, act: on(69) },
        { atSec: 0, act: { kind: 'bend', channel: 0, bend } },
      ],
      sec: 0.8,
      pitchFromSec: 0.4,
    })
    expect(Math.abs(centsOff(hz, key))).toBeLessThan(10)
  })

  it('[AP4] volume and expression make it quieter', async () => {
    const steps = [{ atSec: 0.1, act: on(60) }]
    const { peak } = await render({ steps, sec: 0.4 })
    for (const controller of [7, 11]) {
      const quiet = await render({ steps: [{ atSec: 0, act: control(controller, 30) }, ...steps], sec: 0.4 })
      expect(quiet.peak).toBeLessThan(peak / 2)
    }
  })

  it('[AP4] levers of one channel leave the others alone', async () => {
    const { hz } = await render({
      steps: [
        { atSec: 0, act: on(69, 100, 3) },
        { atSec: 0, act: { kind: 'bend', channel: 0, bend: 8191 } },
      ],
      sec: 0.7,
      pitchFromSec: 0.3,
    })
    expect(Math.abs(centsOff(hz, 69))).toBeLessThan(10)
  })
})

describe('many at once', () => {
  it('[AP5] 200 notes of eight players at full force stay below full scale and within the bound of voices', async () => {
    const { peak, voices } = await render({
      steps: Array.from({ length: 200 }, (_, index) => ({
        atSec: 0.1,
        player: `player ${index % 8}`,
        act: on(24 + (index % 80), 127),
      })),
      sec: 1,
      voicesAtSec: 0.256,
    })
    expect(peak).toBeLessThan(1)
    expect(peak).toBeGreaterThan(0.5)
    expect(voices).toBe(MOST_VOICES.all)
  })

  it('[AP5] nobody takes all the voices', async () => {
    const { voices } = await render({
      steps: Array.from({ length: 100 }, (_, index) => ({ atSec: 0.1, act: on(index + 10) })),
      sec: 0.5,
      voicesAtSec: 0.256,
    })
    expect(voices).toBe(MOST_VOICES.ofOne)
  })
})

describe('silence', () => {
  it('[AP6] ends what sounds at once, and what is yet to begin never begins', async () => {
    const { levels, voicesInTheEnd } = await render({
      steps: [
        { atSec: 0, act: program('organ') },
        { atSec: 0, act: on(60) },
        { atSec: 0.8, act: on(64) },
        { atSec: 0, player: 'ben', act: on(67) },
      ],
      later: [{ onceSec: 0.512, atSec: 0, does: 'silence' }],
      sec: 3,
      levelsAtSec: [0.4, 1.2, 2.8],
    })
    expect(levels[0]).toBeGreaterThan(AUDIBLE)
    // Ben's piano goes on and fades by itself.
    expect(levels[1]).toBeGreaterThan(SILENT)
    expect(levels[1]).toBeLessThan((levels[0] ?? 0) / 1.5)
    expect(voicesInTheEnd).toBe(1)
  })

  it.each(['silence', 'forget', 'mute'] as const)('[AP6] %s leaves nothing to hear of a player', async (does) => {
    const { levels } = await render({
      steps: [
        { atSec: 0, act: program('organ') },
        { atSec: 0, act: on(60) },
        { atSec: 0, act: on(72) },
      ],
      later: [{ onceSec: 0.512, atSec: 0, does }],
      sec: 2.6,
      levelsAtSec: [0.4, 2.4],
    })
    expect(levels[0]).toBeGreaterThan(AUDIBLE)
    expect(levels[1]).toBeLessThan(SILENT)
  })

  it('[AP6] the volume is everybody’s', async () => {
    const steps = ['anna', 'ben'].map((player) => ({ atSec: 0.3, player, act: on(60) }))
    expect((await render({ steps, sec: 0.6, volume: 0 })).peak).toBeLessThan(SILENT)
  })
})
