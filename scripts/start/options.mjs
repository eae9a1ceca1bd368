/** What can be asked of `npm start`, and what it says to what it does not know. */
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'

/** @typedef {import('../browsers.mjs').BrowserKind} BrowserKind */

/** @typedef {{ kind: 'help' } | { kind: 'wrong', why: string } | { kind: 'server-only' } | Watch} Wish */

/**
 * @typedef {object} Watch
 * @property {'watch'} kind
 * @property {readonly BrowserKind[]} browsers two or more
 * @property {number} [seconds] drive the film by itself for so long, then end
 * @property {string} [json] where the figures go
 * @property {string} [picture] where a picture of it running goes
 */

/** Shorter than this there is no time for all four acts and a look after each, also when one look is spoilt. */
const LEAST_SECONDS = 20
/** The film's end: nothing is driven past it. */
const MOST_SECONDS = 110
const MOST_BROWSERS = 6

export const USAGE = `npm start                     two Chromium windows, one room, until Ctrl-C
npm start -- OPTIONS
  --browsers LIST   which browsers, two or more, like chromium,firefox
  --seconds N       play, seek, pause and play by itself for N seconds (${LEAST_SECONDS} to ${MOST_SECONDS}), then sum up and end
  --json FILE       write the figures of --seconds to FILE
  --picture FILE    take a picture of it running, when the N seconds are over
  --no-browser      only the room server; says how to load the extension by hand
  --help            this text`

/** @param {string} name @returns {name is BrowserKind} */
function isBrowserKind(name) {
  return name === 'chromium' || name === 'firefox'
}

/** @param {string} text @returns {readonly BrowserKind[] | undefined} */
function readBrowsers(text) {
  const found = text.split(',').map((name) => name.trim().toLowerCase())
  if (found.length < 2 || found.length > MOST_BROWSERS || !found.every(isBrowserKind)) return undefined
  return found
}

/** @type {Readonly<Record<string, string>>} */
const VALUES = { browsers: 'LIST', seconds: 'N', json: 'FILE', picture: 'FILE' }

/**
 * Without `--` npm takes our options for its own; all that is left of them is in the environment.
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {string | undefined} what to do about it
 */
export function whyTakenByNpm(env) {
  if (env['npm_lifecycle_event'] !== 'start') return undefined
  const taken = Object.entries(VALUES).flatMap(([name, what]) => {
    const value = env[`npm_config_${name}`]
    if (value === undefined) return []
    // npm keeps no value that stands apart from its option.
    return [`--${name} ${value === '' || value === 'true' ? what : value}`]
  })
  // npm has a --browser of its own, with a browser's name; only a no is ours.
  const browser = env['npm_config_browser']
  if (browser === '' || browser === 'false') taken.push('--no-browser')
  return taken.length > 0 ? `Put -- before options: npm start -- ${taken.join(' ')}` : undefined
}

/** @param {readonly string[]} args @returns {Wish} */
export function readOptions(args) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        browsers: { type: 'string' },
        seconds: { type: 'string' },
        json: { type: 'string' },
        picture: { type: 'string' },
        'no-browser': { type: 'boolean' },
        help: { type: 'boolean' },
      },
    })
    if (values.help) return { kind: 'help' }
    if (values['no-browser']) {
      const other = Object.keys(values).find((name) => name !== 'no-browser')
      return other ? { kind: 'wrong', why: `--no-browser and --${other} don't go together.` } : { kind: 'server-only' }
    }
    const browsers = readBrowsers(values.browsers ?? 'chromium,chromium')
    if (!browsers)
      return {
        kind: 'wrong',
        why: `--browsers takes two to ${MOST_BROWSERS} of chromium and firefox, with commas between.`,
      }
    const { json, picture } = values
    if (values.seconds === undefined) {
      const orphan = json !== undefined ? '--json' : picture !== undefined ? '--picture' : undefined
      return orphan ? { kind: 'wrong', why: `${orphan} needs --seconds.` } : { kind: 'watch', browsers }
    }
    const seconds = Number(values.seconds)
    if (!(seconds >= LEAST_SECONDS && seconds <= MOST_SECONDS))
      return { kind: 'wrong', why: `--seconds takes a number from ${LEAST_SECONDS} to ${MOST_SECONDS}.` }
    return { kind: 'watch', browsers, seconds, ...(json && { json }), ...(picture && { picture }) }
  } catch (error) {
    return { kind: 'wrong', why: error instanceof Error ? `${error.message.split('. ')[0]}.` : String(error) }
  }
}

/**
 * What has run for a minute must not fail at its last line.
 * @param {Watch} wish
 * @param {(path: string) => boolean} isFolder
 * @returns {string | undefined} what is wrong with where things are to be written
 */
export function whyUnwritable({ json, picture }, isFolder) {
  for (const [option, path] of Object.entries({ json, picture }))
    if (path !== undefined && !isFolder(dirname(path)))
      return `--${option} ${path} can't be written: there is no folder ${dirname(path)}.`
  return undefined
}
