/**
 * `node scripts/build.mjs`: makes dist/chrome, dist/firefox and dist/server; with `--target` only one of them.
 * `--hosts loopback --out DIR` makes test copies of the extension in DIR that require loopback pages, for tests in which
 * nobody can answer a permission prompt. Such a copy never gets into dist/: it is made from it, and only its manifest differs.
 */
import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { build } from 'vite'

const ROOT = resolve(import.meta.dirname, '..')
const DIST = join(ROOT, 'dist')
const TARGETS = ['chrome', 'firefox', 'server']
const LOOPBACK = ['http://127.0.0.1/*', 'http://localhost/*']

/** @param {string} sentence */
function stop(sentence) {
  console.error(`build: ${sentence}`)
  process.exit(2)
}

function readWishes() {
  try {
    const { values } = parseArgs({
      options: { target: { type: 'string' }, hosts: { type: 'string' }, out: { type: 'string' } },
    })
    return values
  } catch (error) {
    return stop(error instanceof Error ? error.message : String(error))
  }
}

/**
 * @param {string} target
 * @param {string} outDir
 */
async function copyForTests(target, outDir) {
  const to = join(outDir, target)
  await rm(to, { recursive: true, force: true })
  await cp(join(DIST, target), to, { recursive: true })
  const path = join(to, 'manifest.json')
  const manifest = JSON.parse(await readFile(path, 'utf8'))
  await writeFile(path, JSON.stringify({ ...manifest, host_permissions: LOOPBACK }, undefined, 2))
  console.log(`build: ${target} for tests, with loopback pages allowed → ${to}`)
}

const wishes = readWishes() ?? {}
const targets = wishes.target === undefined ? TARGETS : [wishes.target]
const wrong = targets.find((target) => !TARGETS.includes(target))
if (wrong !== undefined) stop(`--target is one of ${TARGETS.join(', ')}, not "${wrong}"`)
if (wishes.hosts !== undefined && wishes.hosts !== 'loopback') stop('--hosts can only be "loopback"')
if ((wishes.hosts === undefined) !== (wishes.out === undefined)) stop('--hosts and --out belong together')
const outDir = wishes.out === undefined ? undefined : resolve(wishes.out)
if (outDir !== undefined && !relative(DIST, outDir).startsWith('..')) stop('--out must not lie in dist/')

for (const target of targets) {
  const startedMs = performance.now()
  try {
    await build({ root: ROOT, configFile: join(ROOT, 'vite.config.ts'), mode: target, logLevel: 'warn' })
  } catch (error) {
    console.error(`build: ${target} failed: ${error instanceof Error ? error.message : String(error)}`)
    process.exit(1)
  }
  console.log(`build: ${target} → dist/${target} (${((performance.now() - startedMs) / 1000).toFixed(1)} s)`)
  if (outDir !== undefined && target !== 'server') await copyForTests(target, outDir)
}
