/**
 * `npm run bench:notes`: notes played in one browser against when they sound in the other, by ear, over slow and uneven networks.
 * Prints a table; the same figures go to a file. Nothing is asserted.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { cpus, loadavg, release, type } from 'node:os'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { runMain } from './say.mjs'
import { setUp } from './setup.mjs'

/** @typedef {import('../test/bench/notes/report.mjs').NotesPiece} NotesPiece */
/** @typedef {import('../test/bench/notes/report.mjs').NotesReport} NotesReport */
/** @typedef {import('../test/bench/options.mjs').Pair} Pair */

const PATHS = [
  { baseMs: 100, jitterMs: 50 },
  { baseMs: 300, jitterMs: 50 },
]
/** @type {readonly Pair[]} */
const PAIRS = [
  ['chromium', 'chromium'],
  ['chromium', 'firefox'],
]
const SECONDS = { usual: 60, least: 10, most: 600 }

const USAGE = `npm run bench:notes -- OPTIONS
  --browsers PAIR   ${PAIRS.map((pair) => pair.join()).join(' or ')}; both without it
  --one-way MS      only this path of ${PATHS.map(({ baseMs }) => baseMs).join(' and ')}
  --seconds N       length of the piece, ${SECONDS.least} to ${SECONDS.most}; ${SECONDS.usual} without it
  --json FILE       write the figures to FILE; what it holds of other browsers and paths stays
  --no-build        measure what was built before
  --help            this text`

/** @type {{ close(): Promise<void> }[]} */
const opened = []
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.once(signal, () => void close().finally(() => process.exit(1)))

async function close() {
  if (opened.length === 0) return
  const { closeAll } = await import('./start/hall.mjs')
  await closeAll(opened)
}

/** @param {string} path @returns {Promise<NotesReport | undefined>} */
async function readReport(path) {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      browsers: { type: 'string' },
      'one-way': { type: 'string' },
      seconds: { type: 'string', default: `${SECONDS.usual}` },
      json: { type: 'string' },
      'no-build': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const pairs = PAIRS.filter((pair) => values.browsers === undefined || pair.join() === values.browsers)
  const paths = PATHS.filter(({ baseMs }) => values['one-way'] === undefined || `${baseMs}` === values['one-way'])
  const seconds = Number(values.seconds)
  if (pairs.length === 0) throw new Error(`There is no pair "${values.browsers}".`)
  if (paths.length === 0) throw new Error(`There is no path of ${values['one-way']} ms.`)
  if (!(seconds >= SECONDS.least && seconds <= SECONDS.most))
    throw new Error(`--seconds is ${SECONDS.least} to ${SECONDS.most}.`)
  return { pairs, paths, seconds, build: !values['no-build'], json: values.json, help: values.help }
}

/** @param {ReturnType<typeof readOptions>} wish */
async function bench({ pairs, paths, seconds, build, json }) {
  await setUp({ browsers: pairs.flat(), build, hearing: true })
  const { listenToDuet } = await import('../test/bench/notes/listen.mjs')
  const { mergeNotes, rowsOf } = await import('../test/bench/notes/report.mjs')
  const machine = {
    node: process.version,
    platform: `${type()} ${release()}`,
    processors: cpus().length,
    model: cpus()[0]?.model ?? 'unknown',
  }
  const before = json === undefined ? undefined : await readReport(json)
  if (json !== undefined) await mkdir(dirname(json), { recursive: true })
  /** @type {NotesPiece[]} */
  const fresh = []
  for (const browsers of pairs)
    for (const oneWay of paths) {
      const [loadBefore = 0] = loadavg()
      console.log(`${browsers.join(' and ')}, ${oneWay.baseMs} ± ${oneWay.jitterMs} ms one way: ${seconds} s`)
      try {
        const { busyShare, versions, keysDown, directions } = await listenToDuet({
          pair: browsers,
          path: oneWay,
          seconds,
          opened,
        })
        const date = new Date().toISOString()
        fresh.push({ browsers, versions, oneWay, date, loadBefore, busyShare, seconds, keysDown, directions })
      } finally {
        await close()
      }
      // What is done is kept, whatever happens to the rest.
      if (json !== undefined)
        await writeFile(json, `${JSON.stringify(mergeNotes(before, machine, fresh), undefined, 2)}\n`)
    }
  console.log('')
  for (const row of rowsOf(fresh)) console.log(row.map((cell) => cell.padEnd(13)).join(' '))
  console.log(`Keys shown as held when all was over: ${fresh.reduce((sum, { keysDown }) => sum + keysDown, 0)}.`)
}

await runMain(async () => {
  let wish
  try {
    wish = readOptions()
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`)
    return 2
  }
  if (wish.help) console.log(USAGE)
  else await bench(wish)
  return 0
})
