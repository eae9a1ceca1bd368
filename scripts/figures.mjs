/** `npm run figures`: puts what docs/figures says into README.md, between its markers. Nothing is measured here. */
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { withNotes } from '../test/bench/notes/report.mjs'
import { withFigures } from '../test/bench/readme.mjs'
import { withSystems } from '../test/e2e/foreign/readme.mjs'
import { runMain } from './say.mjs'

export const README = fileURLToPath(new URL('../README.md', import.meta.url))
const FIGURES = new URL('../docs/figures/', import.meta.url)

/** @param {string} name @returns {Promise<unknown>} nothing while nothing was measured */
async function read(name) {
  try {
    return JSON.parse(await readFile(new URL(name, FIGURES), 'utf8'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Written by our own benchmark, so believed. */
export async function readFigures() {
  return /** @type {import('../test/bench/report.mjs').Report | undefined} */ (await read('sync.json'))
}

export async function readNotesFigures() {
  return /** @type {import('../test/bench/notes/report.mjs').NotesReport | undefined} */ (await read('notes.json'))
}

/** @returns {Promise<import('../test/e2e/foreign/readme.mjs').Cells>} */
export async function readSystems() {
  return /** @type {import('../test/e2e/foreign/readme.mjs').Cells | undefined} */ (await read('systems.json')) ?? {}
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await runMain(async () => {
    const before = await readFile(README, 'utf8')
    const measured = withNotes(withFigures(before, await readFigures()), await readNotesFigures())
    const after = withSystems(measured, await readSystems())
    if (after !== before) await writeFile(README, after)
    console.log(after === before ? 'README.md says it already.' : 'README.md says what docs/figures says.')
  })
