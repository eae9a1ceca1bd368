/**
 * `npm run check`: types, lint, format and import directions, each by its tool. Stops at the first that finds something.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { runMain, step } from './say.mjs'
import { ROOT, setUp } from './setup.mjs'

/** @type {readonly { what: string, tool: string, args: readonly string[] }[]} */
const CHECKS = [
  { what: 'Types', tool: 'tsc', args: ['--noEmit', '-p', '.'] },
  { what: 'Types of core and dialects, without DOM and Node', tool: 'tsc', args: ['-p', 'src/tsconfig.core.json'] },
  { what: 'Types of the server, without DOM', tool: 'tsc', args: ['-p', 'src/tsconfig.server.json'] },
  { what: 'Lint', tool: 'oxlint', args: ['--type-aware', '--deny-warnings'] },
  { what: 'Format', tool: 'biome', args: ['check', '--error-on-warnings'] },
  { what: 'Import directions', tool: 'depcruise', args: ['-c', 'test/import-rules.cjs', 'src'] },
]

export function check() {
  for (const { what, tool, args } of CHECKS) {
    const done = step(what)
    const { status } = spawnSync(join(ROOT, 'node_modules/.bin', tool), args, {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    if (status !== 0) throw new Error(`${what}: ${tool} found something to mend.`)
    done()
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await runMain(async () => {
    await setUp()
    check()
  })
