/**
 * `npm test`: everything that can be checked, in the order in which it is quickest to fail.
 * The last line it prints is `Tutti: N passed, N failed`; continuous integration reads that line.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { check } from './check.mjs'
import { runMain, step } from './say.mjs'
import { buildIfStale, ROOT, setUp } from './setup.mjs'

/** @typedef {{ passed: number, failed: number }} Count */

/**
 * @param {string} project name of a vitest project
 * @returns {Count}
 */
function runTests(project) {
  const folder = mkdtempSync(join(tmpdir(), 'tutti-test-'))
  const report = join(folder, 'report.json')
  const { status } = spawnSync(
    join(ROOT, 'node_modules/.bin/vitest'),
    [
      'run',
      '--config=test/vitest.config.ts',
      `--project=${project}`,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] },
  )
  /** @type {Count} */
  let count = { passed: 0, failed: 0 }
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'))
    count = { passed: numPassedTests, failed: numFailedTests }
  } catch {}
  rmSync(folder, { recursive: true, force: true })
  // A file that can't even be loaded counts no failed test, but is one.
  return status === 0 ? count : { ...count, failed: Math.max(1, count.failed) }
}

/** @type {Count} */
const total = { passed: 0, failed: 0 }

await runMain(async () => {
  const startMs = performance.now()
  await setUp({ browsers: ['chromium', 'firefox'] })
  check()
  buildIfStale()
  for (const [what, project] of /** @type {const} */ ([
    ['Unit, property, simulation and wire tests', 'fast'],
    ['End-to-end tests in Chromium and Firefox', 'e2e'],
  ])) {
    const done = step(what)
    const count = runTests(project)
    total.passed += count.passed
    total.failed += count.failed
    if (count.failed > 0) return 1
    done()
  }
  console.log(`All of it took ${((performance.now() - startMs) / 1000).toFixed(0)} s.`)
  return 0
})
// A check or a build that failed is a failure too, even before the first test has run.
if (process.exitCode && total.failed === 0) total.failed = 1
console.log(`Tutti: ${total.passed} passed, ${total.failed} failed`)
