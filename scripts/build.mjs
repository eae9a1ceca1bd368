/** `npm run build`: makes dist/chrome, dist/firefox and dist/server. */
import { join } from 'node:path'
import { build } from 'vite'
import { buildProtoIfStale, ROOT } from './setup.mjs'

buildProtoIfStale()

for (const target of ['chrome', 'firefox', 'server']) {
  const startedMs = performance.now()
  try {
    await build({ root: ROOT, configFile: join(ROOT, 'vite.config.ts'), mode: target, logLevel: 'warn' })
  } catch (error) {
    console.error(`build: ${target} failed: ${error instanceof Error ? error.message : String(error)}`)
    process.exit(1)
  }
  console.log(`build: ${target} → dist/${target} (${((performance.now() - startedMs) / 1000).toFixed(1)} s)`)
}
