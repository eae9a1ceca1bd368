/**
 * `npm run wire`: every pair of wires in one room, step by step, and why a wire can't say something; and README's table of systems, made of it.
 * Made into one file by scripts/wire.mjs and run.
 */
import { serverDialects } from '../../src/dialects/index'
import { type BridgeRow, bridge, type Cell } from './bridge'
import { STEPS, type Step } from './hand'
import { HANDS } from './hands'

const OWN = 'tutti'
const MARK: Readonly<Record<Cell['kind'], string>> = { same: 'yes', untold: '(yes)', unsaid: '-', wrong: 'NO' }

export async function matrix(told: (from: string) => void = () => {}): Promise<BridgeRow[]> {
  const names = serverDialects().map(({ name }) => name)
  const rows: BridgeRow[] = []
  for (const from of names) {
    for (const to of names) {
      const [first, second] = [HANDS[from], HANDS[to]]
      if (!first || !second) throw new Error(`There is no hand for ${from} or ${to}.`)
      rows.push(await bridge(first, second))
    }
    told(from)
  }
  return rows
}

/** Resolves to the exit code. `keep` is given README's table. */
export async function printMatrix(
  say: (line: string) => void,
  keep: (lines: readonly string[]) => void,
): Promise<number> {
  const rows = await matrix((from) => say(`${from} has met everybody`))
  say('')
  for (const line of [...table(rows), ...reasons(rows)]) say(line)
  const wrong = rows.flatMap(wrongIn)
  for (const line of wrong) say(line)
  keep(systemsTable(rows))
  return wrong.length === 0 ? 0 : 1
}

const SYSTEMS: Readonly<Record<string, string>> = {
  frametogether: 'FrameTogether',
  opensyncparty: 'OpenSyncParty',
  openwatchparty: 'OpenWatchParty',
  opentogethertube: 'OpenTogetherTube',
  plugdj: 'plug.dj',
  pianorhythm: 'PianoRhythm',
}

/** What each system has to do with us: in one room with our own client, in either direction. */
export function systemsTable(rows: readonly BridgeRow[]): string[] {
  const kindOf = (from: string, to: string, step: Step): Cell['kind'] | undefined =>
    rows.find((row) => row.from === from && row.to === to)?.cells[step].kind
  const cell = (system: string, step: Step): string => {
    const [says, hears] = [kindOf(system, OWN, step), kindOf(OWN, system, step)]
    if (says === 'wrong' || hears === 'wrong') return 'no'
    if (says === 'unsaid') return hears === 'same' ? 'is told' : '–'
    return hears === 'same' ? 'yes' : 'says'
  }
  const lines = serverDialects()
    .filter(({ name }) => name !== OWN)
    .map(({ name, paths }) => {
      const client = rows.find(({ from }) => from === name)?.client ?? ''
      const at = paths.map((path) => `\`${path}\``).join(', ')
      return `| [${SYSTEMS[name] ?? name}](src/dialects/${name}/README.md) | ${at} | ${STEPS.map((step) => cell(name, step)).join(' | ')} | ${client} |`
    })
  return [
    `| system | at | ${STEPS.join(' | ')} | clients in the tests |`,
    `|${' --- |'.repeat(STEPS.length + 3)}`,
    ...lines,
  ]
}

export function table(rows: readonly BridgeRow[]): string[] {
  const lines = rows.map(({ from, to, cells }) => [from, to, ...STEPS.map((step) => MARK[cells[step].kind])])
  const head = ['makes the room', 'comes in', ...STEPS]
  const widths = head.map((title, column) =>
    Math.max(title.length, ...lines.map((line) => (line[column] ?? '').length)),
  )
  const row = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  return [row(head), row(widths.map((width) => '-'.repeat(width))), ...lines.map(row)]
}

/** Each once. */
function reasons(rows: readonly BridgeRow[]): string[] {
  const why = (kind: 'unsaid' | 'untold'): Set<string> =>
    new Set(
      rows.flatMap(({ cells }) =>
        STEPS.flatMap((step) => {
          const cell = cells[step]
          return cell.kind === kind ? [`- ${step}: ${cell.why}`] : []
        }),
      ),
    )
  return ['', "-: can't say it", ...why('unsaid'), '', '(yes): is not told of it', ...why('untold'), '']
}

function wrongIn({ from, to, cells }: BridgeRow): string[] {
  return STEPS.flatMap((step) => {
    const cell = cells[step]
    return cell.kind === 'wrong' ? cell.what.map((what) => `WRONG, ${from} and ${to}, ${step}: ${what}`) : []
  })
}
