/** `npm run figures`: puts what docs/figures/sync.json says into README.md, between its markers. Nothing is measured here. */
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { withFigures } from '../test/bench/readme.mjs'
import { runMain } from './say.mjs'

export const README = fileURLToPath(new URL('../README.md', import.meta.url))
export const FIGURES = fileURLToPath(new URL('../docs/figures/sync.json', import.meta.url))

/** @returns {Promise<import('../test/bench/report.mjs').Report | undefined>} nothing while nothing was measured */
export async function readFigures() {
  try {
    return JSON.parse(await readFile(FIGURES, 'utf8'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await runMain(async () => {
    const before = await readFile(README, 'utf8')
    const after = withFigures(before, await readFigures())
    if (after !== before) await writeFile(README, after)
    console.log(after === before ? 'README.md says it already.' : 'README.md says what docs/figures/sync.json says.')
  })
