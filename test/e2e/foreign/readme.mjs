/**
 * README's table of what can be done in rooms of other systems, made from what tests in a real browser found (docs/figures/systems.json), with the reason
 * for everything that can't. Pure: the same cells make the same text.
 */

export const BEGIN = '<!-- rooms elsewhere -->'
export const END = '<!-- /rooms elsewhere -->'

/** @typedef {Readonly<Record<string, Readonly<Record<string, boolean>>>>} Cells */

const COLUMNS = ['recognised', 'joined', 'people', 'play', 'pause', 'seek', 'rate', 'queue', 'chat', 'reconnect']

/** @type {Readonly<Record<string, string>>} */
const NAMES = {
  opentogethertube: 'OpenTogetherTube',
  plugdj: 'plug.dj',
  pianorhythm: 'PianoRhythm',
  frametogether: 'FrameTogether',
  openwatchparty: 'OpenWatchParty (Jellyfin)',
  opensyncparty: 'OpenSyncParty (Jellyfin)',
}

const TURNS = 'what plays runs for everybody from the moment that its DJ’s turn began: there is no word for it'
const NO_FILM = 'its wire carries notes and chat, and no film'
const LEADER = 'its wire carries where the leading player is, and nothing else'

/** Why not, where a cell says "—". @type {Readonly<Record<string, Readonly<Record<string, string>>>>} */
export const REASONS = {
  opentogethertube: {},
  plugdj: { play: TURNS, pause: TURNS, seek: TURNS, rate: TURNS },
  pianorhythm: { play: NO_FILM, pause: NO_FILM, seek: NO_FILM, rate: NO_FILM, queue: NO_FILM },
  frametogether: { rate: LEADER, queue: LEADER, chat: LEADER },
  openwatchparty: { rate: 'there is no word for it', queue: 'a party is for one film' },
  opensyncparty: {
    rate: 'there is no word for it',
    queue: 'a room is for one film',
    chat: 'there is none',
  },
}

/** @param {Cells} cells @returns {string} the table and the reasons under it */
export function drawSystems(cells) {
  const line = (/** @type {readonly string[]} */ row) => `| ${row.join(' | ')} |`
  const known = Object.keys(NAMES).filter((system) => cells[system])
  const rows = known.map((system) =>
    line([NAMES[system] ?? system, ...COLUMNS.map((column) => (cells[system]?.[column] ? 'yes' : '—'))]),
  )
  const why = known.flatMap((system) => {
    /** @type {Map<string, string[]>} */
    const byReason = new Map()
    for (const column of COLUMNS) {
      if (cells[system]?.[column]) continue
      const reason = REASONS[system]?.[column] ?? 'nobody knows why'
      byReason.set(reason, [...(byReason.get(reason) ?? []), column])
    }
    const told = [...byReason].map(([reason, columns]) => `${columns.join(', ')}: ${reason}`)
    return told.length > 0 ? [`- ${NAMES[system]}: ${told.join('; ')}.`] : []
  })
  return [
    line(['system', ...COLUMNS]),
    line(['---', ...COLUMNS.map(() => ':-:')]),
    ...rows,
    '',
    'Each cell is from a test in a real Chromium, through the real popup, as who leads the room. Not there:',
    '',
    ...why,
  ].join('\n')
}

/** @param {string} readme @param {Cells} cells @returns {string} */
export function withSystems(readme, cells) {
  const [from, to] = [readme.indexOf(BEGIN), readme.indexOf(END)]
  if (from < 0 || to < from) throw new Error(`README has no place for the systems, between ${BEGIN} and ${END}.`)
  return `${readme.slice(0, from + BEGIN.length)}\n${drawSystems(cells)}\n${readme.slice(to)}`
}
