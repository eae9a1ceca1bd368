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
/** Who is left further apart than this still carries the last disturbance: the next one begins afresh. */
const LEFT_APART_MS = 250

/** @type {{ close(): Promise<void> }[]} */
const opened = []
const over = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.once(signal, () => {
    over.abort(new Error('Stopped.'))
    void close()
  })

async function close() {
  if (opened.length === 0) return
  const { closeAll } = await import('./start/hall.mjs')
  await closeAll(opened)
}

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
    await delay(Math.max(0, toMs - nowMs()) + 200, undefined, { signal: over.signal })
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
    const figures = figuresOf({ ...seen, steady: pieces(steady, WINDOW_MS) })
    stage.setTogether(scenario.needs !== 'fresh-slow' && (figures.medianMs ?? Number.POSITIVE_INFINITY) < LEFT_APART_MS)
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
  const { aboutOf, drawReport, mediansOf, mergeReport, tellFigures } = await import('../test/bench/report.mjs')
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
    /** @type {Map<string, string[]>} */
    const failuresByScenario = new Map()
    for (let run = 0; run < runs; run++) {
      try {
        say(`${method} on ${pair.join(' and ')}, run ${run + 1} of ${runs}: opening`)
        const stage = await openStage(method, pair, run, opened)
        over.signal.throwIfAborted()
        versions = stage.versions
        for (const scenario of scenarios) {
          if (scenario.needsRate && !stage.carriesRate) say(`${method}: has no ${scenario.title}`)
          else {
            say(`${method}: ${scenario.title}`)
            try {
              const found = await measure(stage, scenario, seconds)
              runsByScenario.set(scenario.id, [...(runsByScenario.get(scenario.id) ?? []), found])
              console.log(`  ${tellFigures(found.figures)}`)
            } catch (error) {
              over.signal.throwIfAborted()
              const why = error instanceof Error ? error.message : String(error)
              console.log(`  failed: ${why}`)
              failuresByScenario.set(scenario.id, [...(failuresByScenario.get(scenario.id) ?? []), why])
              stage.setTogether(false)
            }
          }
          done += 1
        }
      } finally {
        await close()
      }
    }
    for (const scenario of scenarios) {
      const found = runsByScenario.get(scenario.id) ?? []
      const failures = failuresByScenario.get(scenario.id) ?? []
      fresh.push({
        method,
        browsers: pair,
        versions,
        scenario: scenario.id,
        ...(scenario.id === 'steady' && { seconds }),
        ...(found.length + failures.length === 0 && { notCarried: true }),
        ...(failures.length > 0 && { failures }),
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
  try {
    await bench(wish)
  } catch (error) {
    // What fails because everything was closed under it is not worth telling.
    over.signal.throwIfAborted()
    throw error
  }
  return 0
})
