/** A short duet over a slow and uneven network, by what each page has told its audio clock to begin when; by ear it is `npm run bench:notes`. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { OwnPage } from '../../scripts/drive/own-page.mjs'
import { openDuet } from '../bench/notes/duet.mjs'
import { figuresOf, type Stroke } from '../bench/notes/figures.mjs'
import { KEYS, makePiece } from '../bench/notes/piece.mjs'

/** The audio clock stands still between two pieces of sound: what begins at once seems to begin before its stroke. */
const OWN_EARLY_MS = 100

const opened: { close(): Promise<void> }[] = []
let duet: Awaited<ReturnType<typeof openDuet>>

beforeAll(async () => {
  duet = await openDuet({ pair: ['chromium', 'chromium'], path: { baseMs: 100, jitterMs: 50 }, opened })
})
afterAll(async () => {
  for (const thing of opened.toReversed()) await thing.close()
})

it('[AN22] a duet over 100 ms each way, 50 ms uneven: each hears all of the other, in order and at its distances, and nothing stays', async () => {
  const pages = duet.people.map(({ page }) => page)
  for (const page of pages) await page.read(watchStarts, undefined)
  const { strokes, keysDown } = await duet.play(makePiece(3, 8_000))
  expect(keysDown).toBe(0)
  for (const [listener, page] of pages.entries()) {
    const [own = [], others = []] = [strokes[listener], strokes[1 - listener]]
    expect(others.length).toBeGreaterThan(8)
    const began = (await startsOf(page)).filter(
      ({ atMs }) => lastBefore(others, atMs) > lastBefore(own, atMs + OWN_EARLY_MS),
    )
    const figures = figuresOf(others, began)
    expect(figures).toMatchObject({ lost: 0, extra: 0, outOfOrder: 0 })
    // Wide, because machines are slow; how exact it gets is measured elsewhere.
    expect(figures.spacing.p50Ms).toBeLessThan(10)
    expect(figures.late.medianMs).toBeGreaterThan(100)
    expect(figures.late.medianMs).toBeLessThan(2_000)
  }
})

/** Notes down when each tone is told to begin, by the audio clock, and about when that is by the page's. */
function watchStarts(): boolean {
  const starts: { hz: number; atSec: number; aboutMs: number }[] = []
  Reflect.set(globalThis, 'tuttiStarts', starts)
  const prototype = AudioScheduledSourceNode.prototype
  const start: (when?: number) => void = Reflect.get(prototype, 'start')
  Reflect.set(prototype, 'start', function (this: AudioScheduledSourceNode, atSec = 0) {
    if (this instanceof OscillatorNode) {
      const aboutMs = performance.timeOrigin + performance.now() + (atSec - this.context.currentTime) * 1000
      starts.push({ hz: this.frequency.value, atSec, aboutMs })
    }
    start.call(this, atSec)
  })
  return true
}

async function startsOf(page: OwnPage): Promise<Stroke[]> {
  const starts = await page.read(
    () => Reflect.get(globalThis, 'tuttiStarts') as { hz: number; atSec: number; aboutMs: number }[],
    undefined,
  )
  const zeroMs = Math.min(...starts.map(({ atSec, aboutMs }) => aboutMs - atSec * 1000))
  return starts
    .flatMap(({ hz, atSec }) => {
      const key = KEYS.find((each) => Math.abs(each.hz / hz - 1) < 0.01)?.key
      return key === undefined ? [] : [{ key, atMs: zeroMs + atSec * 1000 }]
    })
    .toSorted((a, b) => a.atMs - b.atMs)
}

function lastBefore(strokes: readonly Stroke[], atMs: number): number {
  return strokes.findLast((stroke) => stroke.atMs <= atMs)?.atMs ?? Number.NEGATIVE_INFINITY
}
