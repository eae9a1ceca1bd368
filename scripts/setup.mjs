/**
 * Everything that must be there before a script can do its work: Node, packages, browsers, builds. Makes what is missing.
 * Uses nothing but Node, because it runs in a fresh clone.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { ensureBrowsers } from './browsers.mjs'
import { runMain, step } from './say.mjs'

export const ROOT = fileURLToPath(new URL('..', import.meta.url))
/** Where the unpacked builds lie. */
export const DIST = { chromium: join(ROOT, 'dist/chrome'), firefox: join(ROOT, 'dist/firefox') }
export const SERVER_MAIN = join(ROOT, 'dist/server/main.js')

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

/** @param {string} command @param {readonly string[]} args @param {string} failure one sentence */
function run(command, args, failure) {
  const { status } = spawnSync(command, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] })
  if (status !== 0) throw new Error(failure)
}

function installPackages() {
  // npm writes this file last, so it is also missing after an install that was broken off.
  const installed = join(ROOT, 'node_modules/.package-lock.json')
  if (!isStale([installed], [join(ROOT, 'package-lock.json')])) return
  const done = step('Installing packages')
  // npm draws its progress on a terminal; elsewhere it tells each package that it fetches.
  const progress = process.stderr.isTTY ? [] : ['--loglevel=http']
  run('npm', ['ci', '--no-audit', '--no-fund', ...progress], 'The packages could not be installed (npm ci failed).')
  done()
}

export function buildIfStale() {
  const inputs = BUILT_FROM.map((name) => join(ROOT, name))
  if (!isStale(BUILT, inputs)) return
  const done = step('Building the extension and the server')
  run(process.execPath, [join(ROOT, 'scripts/build.mjs')], 'The build failed.')
  done()
}

/**
 * @param {{ browsers?: readonly import('./browsers.mjs').BrowserKind[], build?: boolean }} [needs]
 */
export function setUp({ browsers = [], build = false } = {}) {
  if (!isNodeNewEnough(process.versions.node))
    throw new Error(`Tutti needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}.`)
  installPackages()
  ensureBrowsers(browsers)
  if (build) buildIfStale()
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await runMain(async () => setUp({ browsers: ['chromium', 'firefox'] }))
