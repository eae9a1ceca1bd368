/**
 * `npm start`: people, one room, one film, in real browsers. Makes what is missing, opens everything, shows a live table,
 * and closes everything again.
 */
import { writeFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { runMain, step } from './say.mjs'
import { DIST, setUp } from './setup.mjs'
import { readOptions, USAGE } from './start/options.mjs'

/** @typedef {import('./start/hall.mjs').Closable} Closable */

let isOver = false
/** Resolves when the person wants to end. */
const over = new Promise((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.once(signal, () => {
      isOver = true
      resolve(undefined)
    })
})

/** @param {Closable[]} opened */
async function serveOnly(opened) {
  const { openServer } = await import('./start/hall.mjs')
  await setUp({ build: true })
  await openServer(opened)
  console.log(`
The extension, to be loaded by hand:
  Chrome, Chromium, Edge: chrome://extensions → Developer mode → Load unpacked → ${DIST.chromium}
  Firefox: about:debugging#/runtime/this-firefox → Load Temporary Add-on → ${DIST.firefox}/manifest.json
Ctrl-C ends the server.`)
  await over
  return 0
}

/** @param {import('./start/options.mjs').Watch} wish @param {Closable[]} opened */
async function watch({ browsers, seconds, json, picture }, opened) {
  await setUp({ browsers, build: true })
  const { fillHall } = await import('./start/hall.mjs')
  const { readRows } = await import('./start/watch.mjs')
  const { createTable } = await import('./start/table.mjs')
  const { ACTS, windowsOf } = await import('./start/act.mjs')
  const { sumUp, tellSummary } = await import('./start/summary.mjs')

  const seats = await fillHall(browsers, opened)
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
  const note = seconds === undefined ? 'Ctrl-C closes everything.' : ''
  for (;;) {
    const [next] = acts
    if (next && secondsSoFar() >= next.atShare * (seconds ?? 0)) {
      acts.shift()
      table.say(`${first.name} ${next.what}.`)
      acted.push({ atMs: performance.timeOrigin + performance.now(), playing: next.playing })
      await next.act(first.browser.page)
    }
    table.show(Math.round(secondsSoFar()), await readRows(seats, { keepAll: seconds !== undefined }), note)
    if (isOver || seats.every(({ browser }) => browser.isGone())) break
    if (seconds !== undefined && secondsSoFar() >= seconds) break
    await Promise.race([over, delay(1000 - ((performance.now() - startMs) % 1000))])
  }
  if (seconds === undefined) return 0

  const rows = await readRows(seats, { keepAll: true })
  const members = await Promise.all(
    seats.map(async ({ name, browser, meter }, index) => ({
      name,
      browser: browser.version,
      role: rows[index]?.role ?? '–',
      watched: await meter.collect(),
    })),
  )
  const endMs = performance.timeOrigin + performance.now()
  if (picture !== undefined && !isOver) {
    const { takePicture } = await import('./start/picture.mjs')
    const done = step('Taking the picture')
    await takePicture(seats, picture)
    done()
  }
  const { summary, discarded } = sumUp(members, windowsOf(acted, endMs))
  for (const { why } of discarded)
    console.log(
      why === 'gap'
        ? 'A window was left out: the machine was too busy to look.'
        : 'A window was left out: a player stalled.',
    )
  for (const line of tellSummary(summary)) console.log(line)
  if (json !== undefined) await writeFile(json, `${JSON.stringify(summary, undefined, 2)}\n`)
  return summary.ok && !isOver ? 0 : 1
}

await runMain(async () => {
  const wish = readOptions(process.argv.slice(2))
  if (wish.kind === 'help') {
    console.log(USAGE)
    return 0
  }
  if (wish.kind === 'wrong') {
    console.error(`${wish.why}\n\n${USAGE}`)
    return 2
  }
  /** @type {Closable[]} */
  const opened = []
  try {
    return await (wish.kind === 'server-only' ? serveOnly(opened) : watch(wish, opened))
  } finally {
    if (opened.length > 0) {
      console.log('Closing everything …')
      const { closeAll } = await import('./start/hall.mjs')
      await closeAll(opened)
      console.log('Everything is closed.')
    }
  }
})
