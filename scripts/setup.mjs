/**
 * Everything that must be there before a script can do its work: Node, packages, browsers, builds. Makes what is missing.
 * Uses nothing but Node, because it runs in a fresh clone.
 */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { ensureBrowsers, ensureHearing } from './browsers.mjs'
import { buildProto, protoFiles } from './proto.mjs'
import { runMain, step } from './say.mjs'

export const ROOT = fileURLToPath(new URL('..', import.meta.url))
/** Where the unpacked builds lie. */
export const DIST = { chromium: join(ROOT, 'dist/chrome'), firefox: join(ROOT, 'dist/firefox') }
export const SERVER_MAIN = join(ROOT, 'dist/server/main.js')

const TELL_EVERY_MS = 3000
const OLDEST_NODE = [20, 19]
const BUILT_FROM = [
  'src',
  'public',
  'manifest.json',
  'vite.config.ts',
  'scripts/build.mjs',
  'package.json',
  'package-lock.json',
]
const BUILT = [join(DIST.chromium, 'manifest.json'), join(DIST.firefox, 'manifest.json'), SERVER_MAIN]

/** @param {string} version like 20.19.0 */
export function isNodeNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)
}

/**
 * @param {string} path a file or a folder
 * @returns {number} when the newest thing in it was changed, ms; 0 if it isn't there
 */
export function newestMs(path) {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) return 0
  if (!stat.isDirectory()) return stat.mtimeMs
  // A folder's own time tells of files that were taken away.
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newestMs(join(path, name))))
}

/**
 * @param {readonly string[]} outputs files
 * @param {readonly string[]} inputs files and folders
 */
export function isStale(outputs, inputs) {
  const oldestOutput = Math.min(...outputs.map((path) => (existsSync(path) ? statSync(path).mtimeMs : 0)))
  return oldestOutput < Math.max(...inputs.map(newestMs))
}

async function installPackages() {
  // npm writes this file last, so it is also missing after an install that was broken off.
  const installed = join(ROOT, 'node_modules/.package-lock.json')
  if (!isStale([installed], [join(ROOT, 'package-lock.json')])) return
  const done = step('Installing packages')
  const npm = spawn('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=http'], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let fetched = 0
  /** @type {string[]} */
  const troubles = []
  createInterface({ input: npm.stderr }).on('line', (line) => {
    if (/^npm http fetch GET 200 .*\.tgz /.test(line)) fetched++
    else if (/^npm (error|ERR!)/.test(line)) troubles.push(line)
  })
  const telling = setInterval(() => console.log(`  ${fetched} packages fetched so far`), TELL_EVERY_MS)
  const [exitCode] = await once(npm, 'close')
  clearInterval(telling)
  if (exitCode !== 0) throw new Error(['The packages could not be installed (npm ci failed).', ...troubles].join('\n'))
  done()
}

export function buildProtoIfStale() {
  const { outputs, inputs } = protoFiles(ROOT)
  if (isStale(outputs, inputs)) buildProto(ROOT)
}

export function buildIfStale() {
  const inputs = BUILT_FROM.map((name) => join(ROOT, name))
  if (!isStale(BUILT, inputs)) return
  const done = step('Building the extension and the server')
  const { status } = spawnSync(process.execPath, [join(ROOT, 'scripts/build.mjs')], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (status !== 0) throw new Error('The build failed.')
  done()
}

/**
 * @param {{ browsers?: readonly import('./browsers.mjs').BrowserKind[], build?: boolean, hearing?: boolean }} [needs]
 *   hearing: the browsers are to be heard
 */
export async function setUp({ browsers = [], build = false, hearing = false } = {}) {
  if (!isNodeNewEnough(process.versions.node))
    throw new Error(`Tutti needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}.`)
  await installPackages()
  buildProtoIfStale()
  ensureBrowsers(browsers)
  if (hearing) ensureHearing()
  if (build) buildIfStale()
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await runMain(() => setUp({ browsers: ['chromium', 'firefox'] }))
