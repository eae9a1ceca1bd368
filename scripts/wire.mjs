/** `npm run wire`: who understands whom. Two people on every two wires in one room, and what each was told after each step; README's table of systems is made of it. */
import { readFile, writeFile } from 'node:fs/promises'
import { README } from './figures.mjs'
import { loadBuilt } from './load-built.mjs'
import { runMain } from './say.mjs'
import { setUp } from './setup.mjs'

const BEGIN = '<!-- systems -->'
const END = '<!-- /systems -->'

/** @param {string} readme @param {readonly string[]} table */
export function withSystems(readme, table) {
  const [before, rest] = readme.split(BEGIN)
  const after = rest?.split(END)[1]
  if (before === undefined || after === undefined) throw new Error(`README.md has no ${BEGIN} … ${END}`)
  return `${before}${BEGIN}\n${table.join('\n')}\n${END}${after}`
}

if (import.meta.filename === process.argv[1])
  await runMain(async () => {
    await setUp()
    const { printMatrix } = await loadBuilt('test/bridges/matrix.ts', 'wire')
    /** @type {readonly string[]} */
    let table = []
    const code = await printMatrix(console.log, (/** @type {readonly string[]} */ made) => {
      table = made
    })
    const readme = await readFile(README, 'utf8')
    const now = withSystems(readme, table)
    if (now !== readme) await writeFile(README, now)
    return code
  })
