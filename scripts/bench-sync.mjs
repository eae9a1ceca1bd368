/**
 * `npm run bench:sync`: how well two real players are kept together, ours and the peers' methods side by side, measured from
 * outside. Prints how far it is, then a table; the same figures go to a file. Nothing is asserted.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { cpus, loadavg, release, type } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { runMain } from './say.mjs'
import { setUp } from './setup.mjs'

/** @typedef {import('../test/bench/report.mjs').Piece} Piece */
/** @typedef {import('../test/bench/report.mjs').Run} Run */
/** @typedef {import('../test/bench/report.mjs').Report} Report */
/** @typedef {import('../test/bench/scenarios.mjs').Scenario} Scenario */
/** @typedef {import('../test/bench/stage.mjs').Stage} Stage */

/** A scenario without one window worth anything is done again, so often at most. */
const REPEATS = 2
const WINDOW_MS = 5_000

const nowMs = () => performance.timeOrigin + performance.now()

/** @returns {{ busyMs: number, allMs: number }} of all processors since they were switched on */
function processorTime() {
  const times = cpus().map((cpu) => cpu.times)
  const allMs = times.reduce((sum, { user, nice, sys, idle, irq }) => sum + user + nice + sys + idle + irq, 0)
  return { allMs, busyMs: allMs - times.reduce((sum, { idle }) => sum + idle, 0) }
}

/**
 * @param {Stage} stage @param {Scenario} scenario @param {number} seconds
 * @returns {Promise<Run>}
 */
async function measure(stage, scenario, seconds) {
  const { figuresOf, pieces, round } = await import('../test/bench/figures.mjs')
  const discarded = { gap: 0, stall: 0 }
  for (let repeats = 0; ; repeats++) {
    await stage.prepare(scenario.needs)
    const [load1 = 0] = loadavg()
    const before = processorTime()
    const date = new Date().toISOString()
    const { fromMs, endMs } = await scenario.disturb(stage)
    const { toMs, steady, apart } = scenario.watch(endMs, seconds)
    await delay(Math.max(0, toMs - nowMs()) + 200)
    const [first, second] = stage.seats
    const seen = {
      players: /** @type {const} */ ([await first.watch().collect(), await second.watch().collect()]),
      history: stage.history(),
      fromMs,
      endMs,
      toMs,
      baseRate: scenario.baseRate,
    }
    const after = processorTime()
    await scenario.putBack?.(stage)
    if (scenario.putBack) await delay(2_000)
    stage.setTogether(scenario.needs !== 'alone' && scenario.needs !== 'fresh-slow')
    const figures = figuresOf({ ...seen, steady: pieces(steady, WINDOW_MS) })
    discarded.gap += figures.windows.discarded.gap
    discarded.stall += figures.windows.discarded.stall
    if (figures.windows.used === 0 && repeats < REPEATS) continue
    return {
      date,
      load1: round(load1, 2) ?? 0,
      busyShare: round((after.busyMs - before.busyMs) / (after.allMs - before.allMs), 2) ?? 0,
      repeats,
      discarded,
      figures,
      ...(apart && { firstSeconds: figuresOf({ ...seen, toMs: apart.toMs, steady: pieces(apart, WINDOW_MS) }) }),
    }
  }
}

/** @param {string} path @returns {Promise<Report | undefined>} */
async function readReport(path) {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** @param {import('../test/bench/options.mjs').Bench} wish */
async function bench({ parts, scenarios: ids, seconds, json }) {
  await setUp({ browsers: parts.flatMap(({ pair }) => pair), build: true })
  const { openStage } = await import('../test/bench/stage.mjs')
  const { SCENARIOS } = await import('../test/bench/scenarios.mjs')
  const { aboutOf, drawReport, mediansOf, mergeReport } = await import('../test/bench/report.mjs')
  const { closeAll } = await import('./start/hall.mjs')
  const scenarios = SCENARIOS.filter(({ id }) => ids.includes(id))
  const about = aboutOf({
    node: process.version,
    platform: `${type()} ${release()}`,
    processors: cpus().length,
    model: cpus()[0]?.model ?? 'unknown',
  })
  const [loadBefore = 0] = loadavg()
  const all = parts.reduce((sum, { runs }) => sum + runs * scenarios.length, 0)
  let done = 0
  const startMs = performance.now()
  /** @type {Piece[]} */
  const fresh = []
  const before = json === undefined ? undefined : await readReport(json)
  /** @param {string} what */
  const say = (what) =>
    console.log(`[${done}/${all}, ${((performance.now() - startMs) / 60_000).toFixed(1)} min] ${what}`)

  for (const { method, pair, runs } of parts) {
    /** @type {Map<string, Run[]>} */
    const runsByScenario = new Map()
    /** @type {readonly string[]} */
    let versions = []
    for (let run = 0; run < runs; run++) {
      /** @type {{ close(): Promise<void> }[]} */
      const opened = []
      try {
        say(`${method} on ${pair.join(' and ')}, run ${run + 1} of ${runs}: opening`)
        const stage = await openStage(method, pair, run, opened)
        versions = stage.versions
        for (const scenario of scenarios) {
          if (scenario.needsRate && !stage.carriesRate) say(`${method}: has no ${scenario.title}`)
          else {
            say(`${method}: ${scenario.title}`)
            const found = await measure(stage, scenario, seconds)
            runsByScenario.set(scenario.id, [...(runsByScenario.get(scenario.id) ?? []), found])
            const { secondsTo40, secondsTo16, medianMs, p95Ms } = found.figures
            console.log(
              `  <40 ms after ${secondsTo40 ?? '–'} s, <16 ms after ${secondsTo16 ?? '–'} s, median ${medianMs ?? '–'} ms, p95 ${p95Ms ?? '–'} ms`,
            )
          }
          done += 1
        }
      } finally {
        await closeAll(opened)
      }
    }
    for (const scenario of scenarios) {
      const found = runsByScenario.get(scenario.id) ?? []
      fresh.push({
        method,
        browsers: pair,
        versions,
        scenario: scenario.id,
        ...(scenario.id === 'steady' && { seconds }),
        ...(found.length === 0 && { notCarried: true }),
        loadBefore,
        runs: found,
        ...(found.length > 0 && { medians: mediansOf(found.map(({ figures }) => figures)) }),
      })
    }
    // What is done is kept, whatever happens to the rest.
    if (json !== undefined)
      await writeFile(json, `${JSON.stringify(mergeReport(before, about, fresh), undefined, 2)}\n`)
  }
  console.log('')
  for (const line of drawReport(fresh)) console.log(line)
  say('All is done.')
}

await runMain(async () => {
  const { readOptions, USAGE } = await import('../test/bench/options.mjs')
  const wish = readOptions(process.argv.slice(2))
  if (wish.kind === 'help') {
    console.log(USAGE)
    return 0
  }
  if (wish.kind === 'wrong') {
    console.error(`${wish.why}\n\n${USAGE}`)
    return 2
  }
  await bench(wish)
  return 0
})
