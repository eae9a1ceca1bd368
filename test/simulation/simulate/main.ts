/**
 * The command behind `npm run simulate`: deals rooms out to as many threads as there are processors, adds up their figures and
 * prints them. How far it is goes to the error output, so that the same seed prints the same bytes.
 */
import { availableParallelism } from 'node:os'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import { addFigures, createFigures, type Figures } from './figures'
import { readOptions, USAGE } from './options'
import { drawFigures, drawStory, drawWorst } from './report'
import { liveRoomHours, type RoomHours } from './room-hours'

type ToWorker = { readonly kind: 'live'; readonly seed: number; readonly hours: number } | { readonly kind: 'end' }
type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'lived'; readonly room: RoomHours }
  | { readonly kind: 'figures'; readonly figures: Figures }

const TELL_EVERY_MS = 5_000

/** Answers the exit code. */
export async function simulate(args: readonly string[]): Promise<number> {
  const wish = readOptions(args)
  if (wish.kind === 'help') {
    console.log(USAGE)
    return 0
  }
  if (wish.kind === 'wrong') {
    console.error(`${wish.why}\n\n${USAGE}`)
    return 2
  }
  const { rooms, hours, seed } = wish
  if (rooms === 1) {
    const figures = createFigures()
    const room = liveRoomHours(seed, hours, figures, true)
    print([
      `Seed ${seed}: ${room.network}, ${room.people} people`,
      ...drawStory(room.story),
      '',
      ...drawFigures(figures),
    ])
    return 0
  }
  const startMs = performance.now()
  const { figures, lived } = await liveAll(rooms, hours, seed)
  print([...drawFigures(figures), '', ...drawWorst(lived, hours)])
  const tookSec = (performance.now() - startMs) / 1000
  const roomHours = rooms * hours
  console.error(
    `${roomHours} room-hours in ${tookSec.toFixed(1)} s, ${((roomHours / tookSec) * 60).toFixed(0)} a minute.`,
  )
  return 0
}

async function liveAll(rooms: number, hours: number, seed: number) {
  const figures = createFigures()
  const lived: RoomHours[] = []
  let next = seed
  const startMs = performance.now()
  const telling = setInterval(() => {
    console.error(`[${lived.length}/${rooms} rooms, ${((performance.now() - startMs) / 1000).toFixed(0)} s]`)
  }, TELL_EVERY_MS)
  const deal = (worker: Worker): void => {
    const message: ToWorker = next < seed + rooms ? { kind: 'live', seed: next, hours } : { kind: 'end' }
    next += 1
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    worker.postMessage(message)
  }
  const work = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL(import.meta.url))
      worker.on('error', reject)
      worker.on('exit', (code) => (code === 0 ? resolve() : reject(new Error('A thread of the simulation died.'))))
      worker.on('message', (message: FromWorker) => {
        if (message.kind === 'figures') addFigures(figures, message.figures)
        if (message.kind === 'lived') lived.push(message.room)
        if (message.kind !== 'figures') deal(worker)
      })
    })
  try {
    await Promise.all(Array.from({ length: Math.min(rooms, availableParallelism()) }, work))
  } finally {
    clearInterval(telling)
  }
  return { figures, lived }
}

function print(lines: readonly string[]): void {
  for (const line of lines) console.log(line)
}

if (!isMainThread && parentPort) {
  const port = parentPort
  const figures = createFigures()
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  const say = (message: FromWorker): void => port.postMessage(message)
  port.on('message', (message: ToWorker) => {
    if (message.kind === 'live') {
      say({ kind: 'lived', room: liveRoomHours(message.seed, message.hours, figures) })
      return
    }
    say({ kind: 'figures', figures })
    port.close()
  })
  say({ kind: 'ready' })
}
