/** Makes one file of something in TypeScript that a command runs outside the tests, and loads it. It stays until the process ends: threads load it, too. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ROOT } from './setup.mjs'

/**
 * @param {string} entry its path in the project
 * @param {string} name of the file it becomes
 * @returns {Promise<any>} what it exports
 */
export async function loadBuilt(entry, name) {
  const { build } = await import('vite')
  // Inside the project, where its packages are found.
  mkdirSync(join(ROOT, 'dist'), { recursive: true })
  const folder = mkdtempSync(join(ROOT, 'dist', `${name}-`))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130))
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    build: {
      ssr: entry,
      outDir: folder,
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      rollupOptions: { output: { entryFileNames: `${name}.mjs` } },
    },
  })
  return import(pathToFileURL(join(folder, `${name}.mjs`)).href)
}
