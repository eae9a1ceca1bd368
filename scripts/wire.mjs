/** `npm run wire`: who understands whom. Two people on every two wires in one room, and what each was told after each step. */

import { loadBuilt } from './load-built.mjs'
import { runMain } from './say.mjs'
import { setUp } from './setup.mjs'

await runMain(async () => {
  await setUp()
  const { printMatrix } = await loadBuilt('test/bridges/matrix.ts', 'wire')
  return await printMatrix(console.log)
})
