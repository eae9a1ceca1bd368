/**
 * `npm run server`: the room server alone, from its bundle in dist/server, which is built first if it is stale.
 * It runs in this very process, so settings, output, signals and exit code are the server's own.
 */
import { pathToFileURL } from 'node:url'
import { runMain } from './say.mjs'
import { SERVER_MAIN, setUp } from './setup.mjs'

await runMain(async () => {
  await setUp({ build: true })
  await import(pathToFileURL(SERVER_MAIN).href)
})
