/**
 * `npm run simulate`: thousands of hours of simulated rooms, from fibre to bad mobile, and which of them went worst.
 * Makes one file of the simulation (test/simulation/simulate), which runs in several threads, and runs it.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { runMain } from './say.mjs'
import { ROOT, setUp } from './setup.mjs'

await runMain(async () => {
  await setUp()
  const { build } = await import('vite')
  const folder = mkdtempSync(join(tmpdir(), 'tutti-simulate-'))
  // The threads load it too, so it stays until the end, however that comes.
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130))
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    build: {
      ssr: 'test/simulation/simulate/main.ts',
      outDir: folder,
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      rollupOptions: { output: { entryFileNames: 'simulate.mjs' } },
    },
  })
  const { simulate } = await import(pathToFileURL(join(folder, 'simulate.mjs')).href)
  return await simulate(process.argv.slice(2))
})
