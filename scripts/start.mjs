/**
 * `npm start`: people, one room, one film, in real browsers. Makes what is missing, opens everything, shows a live table,
 * and closes everything again.
 */
import { statSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { runMain, step } from './say.mjs'
import { DIST, setUp } from './setup.mjs'
import { readOptions, USAGE, whyTakenByNpm, whyUnwritable } from './start/options.mjs'
import { listenForEnd, unlessOver, untilOver } from './start/over.mjs'

/** @typedef {import('./start/hall.mjs').Closable} Closable */

/** What shells tell of a command that Ctrl-C has ended. */
const STOPPED = 130

const over = listenForEnd()

/** @param {Closable[]} opened */
async function serveOnly(opened) {
  const { isUsual, openServer } = await import('./start/hall.mjs')
  const server = await unlessOver(over, async () => {
    await setUp({ build: true })
    return openServer(opened)
  })
  if (!server) return 0
  if (!isUsual(server.address)) console.log('Set this address in the extension (gear → Room server).')
  console.log(`
The extension, to be loaded by hand:
  Chrome, Chromium, Edge: chrome://extensions → Developer mode → Load unpacked → ${DIST.chromium}
  Firefox: about:debugging#/runtime/this-firefox → Load Temporary Add-on → ${DIST.firefox}/manifest.json
Ctrl-C ends the server.`)
  await untilOver(over)
  return 0
}

/** @param {import('./start/hall.mjs').Seat} seat */
function isClosed({ browser }) {
  return browser.isGone() || browser.page.isClosed()
}

/** @param {import('./start/options.mjs').Watch} wish @param {Closable[]} opened */
async function watch({ browsers, seconds, json, picture }, opened) {
  const seats = await unlessOver(over, async () => {
    await setUp({ browsers, build: true })
    const { fillHall } = await import('./start/hall.mjs')
    return fillHall(browsers, opened, {}, over)
  })
  if (!seats) return seconds === undefined ? 0 : STOPPED
  const { readRows } = await import('./start/watch.mjs')
  const { createTable } = await import('./start/table.mjs')
  const { ACTS, windowsOf } = await import('./start/act.mjs')
  const { sumUp, tellSummary } = await import('./start/summary.mjs')

  const [first] = seats
  if (!first) return 1
  const table = createTable(process.stdout)
  const startMs = performance.now()
  const secondsSoFar = () => (performance.now() - startMs) / 1000
  const acts = seconds === undefined ? ACTS.slice(0, 1) : [...ACTS]
  /** @type {{ atMs: number, playing: boolean }[]} */
  const acted = []
  table.say(
    `Skew is measured in the pages, against ${first.name}’s player; what Tutti says is against the room’s timeline.`,
  )
  const ended = untilOver(over)
  const note = seconds === undefined ? 'Ctrl-C closes everything.' : ''
  for (;;) {
    const [next] = acts
    if (next && secondsSoFar() >= next.atShare * (seconds ?? 0)) {
      acts.shift()
      table.say(`${first.name} ${next.what}.`)
      acted.push({ atMs: performance.timeOrigin + performance.now(), playing: next.playing })
      await next.act(first.browser.page).catch((error) => {
        if (!over.aborted && !isClosed(first)) throw error
        // There is nobody any more who could act.
        acts.length = 0
      })
    }
    table.show(Math.round(secondsSoFar()), await readRows(seats, { keepAll: seconds !== undefined }), note)
    if (over.aborted || seats.every(({ browser }) => browser.isGone())) break
    if (seconds !== undefined && secondsSoFar() >= seconds) break
    await Promise.race([ended, delay(1000 - ((performance.now() - startMs) % 1000))])
  }
  if (seconds === undefined) return 0

  const rows = await readRows(seats, { keepAll: true })
  const members = await Promise.all(
    seats.map(async ({ name, browser, meter }, index) => ({
      name,
      browser: browser.version,
      role: rows[index]?.role ?? '–',
      watched: await meter.collect().catch(() => undefined),
    })),
  )
  const endMs = performance.timeOrigin + performance.now()
  const lost = members.filter(({ watched }) => !watched)
  for (const { name } of lost) console.log(`${name} could not be watched to the end: its page is gone.`)
  if (picture !== undefined && !over.aborted && lost.length === 0) {
    const { takePicture } = await import('./start/picture.mjs')
    const done = step('Taking the picture')
    if (await unlessOver(over, () => takePicture(seats, picture))) done()
  }
  const stopped = over.aborted
  const { summary, discarded } = sumUp(members, windowsOf(acted, endMs))
  for (const { why } of discarded)
    console.log(
      why === 'gap'
        ? 'A window was left out: the machine was too busy to look.'
        : 'A window was left out: a player stalled.',
    )
  for (const line of tellSummary(summary, { stopped })) console.log(line)
  if (json !== undefined) await writeFile(json, `${JSON.stringify(summary, undefined, 2)}\n`)
  return summary.ok && !stopped ? 0 : 1
}

await runMain(async () => {
  const taken = whyTakenByNpm(process.env)
  if (taken) {
    console.error(taken)
    return 2
  }
  const wish = readOptions(process.argv.slice(2))
  if (wish.kind === 'help') {
    console.log(USAGE)
    return 0
  }
  if (wish.kind === 'wrong') {
    console.error(`${wish.why}\n\n${USAGE}`)
    return 2
  }
  const unwritable =
    wish.kind === 'watch' &&
    whyUnwritable(wish, (path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true)
  if (unwritable) {
    console.error(unwritable)
    return 2
  }
  /** @type {Closable[]} */
  const opened = []
  try {
    return await (wish.kind === 'server-only' ? serveOnly(opened) : watch(wish, opened))
  } finally {
    if (over.aborted || opened.length > 0) {
      console.log('Closing everything …')
      const { closeAll } = await import('./start/hall.mjs')
      await closeAll(opened)
      console.log('Everything is closed.')
    }
  }
})
// What was given up may go on waiting for what will not come.
if (over.aborted) process.exit()
