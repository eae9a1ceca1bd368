/**
 * `npm run simulate`: thousands of hours of simulated rooms, from fibre to bad mobile, and which of them went worst.
 * Runs the simulation (test/simulation/simulate), which works in several threads.
 */
import { loadBuilt } from './load-built.mjs'
import { runMain } from './say.mjs'
import { setUp } from './setup.mjs'

await runMain(async () => {
  await setUp()
  const { simulate } = await loadBuilt('test/simulation/simulate/main.ts', 'simulate')
  return await simulate(process.argv.slice(2))
})
