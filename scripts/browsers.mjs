/**
 * Finds the browsers that tests and `npm start` drive, and installs missing ones where that is a matter of apt.
 * Knows no packages: it runs before anything is installed.
 */
import { spawnSync } from 'node:child_process'
import { accessSync, constants, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { step } from './say.mjs'

/** @typedef {'chromium' | 'firefox'} BrowserKind */

/** @type {Readonly<Record<BrowserKind, { title: string, commands: readonly string[], debianPackage: string }>>} */
export const BROWSERS = {
  chromium: {
    title: 'Chromium',
    // Chrome itself comes last: its stable builds refuse some of what drives an unpacked extension.
    commands: ['chromium', 'chromium-browser', 'google-chrome-for-testing', 'google-chrome'],
    debianPackage: 'chromium',
  },
  firefox: { title: 'Firefox', commands: ['firefox-esr', 'firefox'], debianPackage: 'firefox-esr' },
}

/**
 * @param {readonly string[]} commands
 * @returns {string | undefined} the path of the first that this machine has
 */
export function findCommand(commands) {
  for (const command of commands)
    for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
      const path = join(folder, command)
      try {
        accessSync(path, constants.X_OK)
        return path
      } catch {}
    }
  return undefined
}

/** @param {BrowserKind} kind */
export function browserPath(kind) {
  const path = findCommand(BROWSERS[kind].commands)
  if (!path) throw new Error(`${BROWSERS[kind].title} is not installed.`)
  return path
}

/** @returns {'debian' | 'ubuntu' | 'other'} */
function distribution() {
  try {
    const id = /^ID=["']?(\w+)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1]
    return id === 'debian' || id === 'ubuntu' ? id : 'other'
  } catch {
    return 'other'
  }
}

/** @param {readonly string[]} args */
function apt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const { status } = spawnSync('apt-get', args, { env, stdio: ['ignore', 'inherit', 'inherit'] })
  if (status !== 0) throw new Error(`apt-get ${args[0]} did not work.`)
}

/** Is apt ours to use? */
export function canInstall() {
  return distribution() !== 'other' && process.getuid?.() === 0
}

/** @param {readonly string[]} packages @param {string} what they are, as told to people */
export function installPackages(packages, what) {
  const done = step(`Installing ${what} with apt`)
  apt(['-q', 'update'])
  apt(['-q', 'install', '-y', '--no-install-recommends', ...packages])
  done()
}

/**
 * Makes sure that these browsers are here, or fails with one sentence that says what to install.
 * @param {readonly BrowserKind[]} kinds
 */
export function ensureBrowsers(kinds) {
  const missing = [...new Set(kinds)].filter((kind) => !findCommand(BROWSERS[kind].commands))
  if (missing.length === 0) return
  const titles = missing.map((kind) => BROWSERS[kind].title).join(' and ')
  const where = distribution()
  if (where === 'other') throw new Error(`Install ${titles} so that it is on the PATH, and run this again.`)
  if (where === 'ubuntu')
    throw new Error(
      `Install ${titles} and run this again: on Ubuntu as packages that are not snaps (a snap can't read the build folder), for example from Mozilla's or Google's own apt source.`,
    )
  const packages = missing.map((kind) => BROWSERS[kind].debianPackage)
  if (!canInstall())
    throw new Error(`Install ${titles} with: sudo apt-get install ${packages.join(' ')} and run this again.`)
  installPackages(packages, titles)
}

/** What a bench by ear needs: a sound system to play into, its recorder, and the maker and reader of films. */
const HEARING = {
  commands: ['pulseaudio', 'parec', 'ffmpeg'],
  debianPackages: ['pulseaudio', 'pulseaudio-utils', 'ffmpeg'],
}

/** Makes sure that browsers can be heard here, or fails with one sentence that says what to install. */
export function ensureHearing() {
  const missing = HEARING.debianPackages.filter((_, index) => !findCommand(HEARING.commands.slice(index, index + 1)))
  if (missing.length === 0) return
  const titles = missing.join(' and ')
  if (process.platform !== 'linux')
    throw new Error('Browsers can be heard on Linux alone: the sound system is PulseAudio.')
  if (distribution() === 'other') throw new Error(`Install ${titles} so that it is on the PATH, and run this again.`)
  if (!canInstall())
    throw new Error(`Install what is missing with: sudo apt-get install ${missing.join(' ')} and run this again.`)
  installPackages(missing, titles)
}
