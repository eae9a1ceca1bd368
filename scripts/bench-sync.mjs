/**
 * `npm run bench:sync`: how well two real players are kept together, ours and the peers' methods side by side, measured from
 * outside. Prints how far it is, then a table; the same figures go to a file, piece by piece. Nothing is asserted.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { cpus, loadavg, release, type } from 'node:os'
import { dirname } from 'node:path'
import { runMain } from './say.mjs'
import { setUp } from './setup.mjs'

/** @typedef {import('../test/bench/options.mjs').Bench} Bench */
/** @typedef {import('../test/bench/report.mjs').HeardPiece} HeardPiece */
/** @typedef {import('../test/bench/report.mjs').Piece} Piece */
/** @typedef {import('../test/bench/report.mjs').Report} Report */
/** @typedef {import('../test/bench/report.mjs').Run} Run */

/** Listening that fails later than this is not begun again: it would cost another ten minutes. */
const AGAIN_WITHIN_MS = 120_000

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

/** @param {number} sec @returns {Promise<never>} */
const tooLong = (sec) =>
  new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`It was not done after ${sec} s.`)), sec * 1000).unref()
  })

/** @param {string} path @returns {Promise<Report | undefined>} */
async function readReport(path) {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** @param {Bench} wish */
async function bench(wish) {
  const pairs = [...wish.parts, ...wish.listen].flatMap(({ pair }) => pair)
  await setUp({ browsers: pairs, build: true, hearing: wish.listen.length > 0 })
  const { createProgress } = await import('../test/bench/plan.mjs')
  const { aboutOf, mergeReport } = await import('../test/bench/report.mjs')
  const { drawReport } = await import('../test/bench/table.mjs')
  const about = aboutOf({
    node: process.version,
    platform: `${type()} ${release()}`,
    processors: cpus().length,
    model: cpus()[0]?.model ?? 'unknown',
  })
  if (wish.json !== undefined) await mkdir(dirname(wish.json), { recursive: true })
  const before = wish.json === undefined ? undefined : await readReport(wish.json)
  /** @type {{ pieces: Piece[], heard: HeardPiece[] }} */
  const fresh = { pieces: [], heard: [] }
  // What is done is kept, whatever happens to the rest.
  const keep = async () => {
    if (wish.json !== undefined)
      await writeFile(wish.json, `${JSON.stringify(mergeReport(before, about, fresh), undefined, 2)}\n`)
  }
  const progress = createProgress(wish, performance.now())
  /** @param {string} what */
  const say = (what) => console.log(`[${progress.tell(performance.now())}] ${what}`)
  const [loadBefore = 0] = loadavg()
  const doing = { wish, loadBefore, fresh, keep, progress, say }
  if (wish.scenarios.length > 0) await measureAll(doing)
  await listenToAll(doing)
  console.log('')
  for (const line of drawReport(fresh.pieces, fresh.heard)) console.log(line)
  say('All is done.')
}

/**
 * @typedef {object} Doing
 * @property {Bench} wish
 * @property {number} loadBefore
 * @property {{ pieces: Piece[], heard: HeardPiece[] }} fresh
 * @property {() => Promise<void>} keep
 * @property {import('../test/bench/plan.mjs').Progress} progress
 * @property {(what: string) => void} say
 */

/** @param {Doing} doing */
async function measureAll({ wish: { parts, scenarios: ids, seconds }, loadBefore, fresh, keep, progress, say }) {
  const { measure } = await import('../test/bench/measure.mjs')
  const { carriesRate } = await import('../test/bench/methods/peers.mjs')
  const { pieceOf } = await import('../test/bench/report.mjs')
  const { measureRun, scenariosFor } = await import('../test/bench/run.mjs')
  const { openStage } = await import('../test/bench/stage.mjs')
  const { tellFigures } = await import('../test/bench/table.mjs')
  for (const { method, pair, runs } of parts) {
    const before = fresh.pieces
    /** @type {Map<string, (Run | { why: string })[]>} */
    const outcomesByScenario = new Map()
    /** @type {readonly string[]} */
    let versions = []
    const scenarios = scenariosFor(ids, carriesRate(method))
    for (let run = 0; run < runs; run++) {
      const who = `${method} on ${pair.join(' and ')}${runs > 1 ? `, run ${run + 1} of ${runs}` : ''}`
      const outcomes = await measureRun(scenarios, seconds, {
        open: async () => {
          say(`${who}: opening`)
          const stage = await openStage(method, pair, run, opened)
          over.signal.throwIfAborted()
          versions = stage.versions
          return stage
        },
        measure: (stage, scenario) =>
          measure(stage, scenario, seconds, {
            over: over.signal,
            mayRepeat: () => progress.hasTime(performance.now()),
            tell: (why) => console.log(`  once more: ${why}`),
          }),
        close,
        begin: (scenario) => say(`${who}: ${scenario.title}`),
        tell: (scenario, outcome) => {
          if ('figures' in outcome) console.log(`  ${tellFigures(outcome.figures)}`)
          else console.log(`  failed${outcome.again ? ', once more' : ''}: ${outcome.why}`)
        },
        tooLong,
        over: over.signal,
      })
      await close()
      progress.ended(performance.now())
      for (const [id, outcome] of outcomes) outcomesByScenario.set(id, [...(outcomesByScenario.get(id) ?? []), outcome])
      fresh.pieces = [
        ...before,
        ...ids.map((scenario) =>
          pieceOf({
            method,
            browsers: pair,
            versions,
            scenario,
            ...(scenario === 'steady' && { seconds }),
            loadBefore,
            outcomes: outcomesByScenario.get(scenario),
          }),
        ),
      ]
      await keep()
    }
  }
}

/** @param {Doing} doing */
async function listenToAll({ wish: { listen: all }, loadBefore, fresh, keep, progress, say }) {
  if (all.length === 0) return
  const { listen } = await import('../test/bench/heard/listen.mjs')
  const { whyOf } = await import('../test/bench/run.mjs')
  for (const { method, pair, seconds } of all) {
    say(`listening to ${method} on ${pair.join(' and ')} for ${seconds} s`)
    /** @type {Pick<HeardPiece, 'heard' | 'failures'>} */
    let outcome = {}
    const startMs = performance.now()
    const mayTry = () => performance.now() - startMs < AGAIN_WITHIN_MS
    for (let attempt = 0; attempt < 2 && !outcome.heard && mayTry(); attempt++) {
      try {
        outcome = { ...outcome, heard: await listen({ pair, seconds, opened, over: over.signal }) }
      } catch (error) {
        over.signal.throwIfAborted()
        outcome = { failures: [...(outcome.failures ?? []), whyOf(error)] }
        console.log(`  failed${attempt === 0 && mayTry() ? ', once more' : ''}: ${whyOf(error)}`)
      } finally {
        await close()
      }
    }
    progress.ended(performance.now())
    const piece = { method, browsers: pair, date: new Date().toISOString(), loadBefore, ...outcome }
    fresh.heard = [...fresh.heard, piece]
    await keep()
  }
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
