/** `npm run wire`: every pair of wires in one room, step by step, and why a wire can't say something. Made by scripts/wire.mjs into one file and run. */
import { serverDialects } from '../../src/dialects/index'
import { type BridgeRow, bridge, type Cell } from './bridge'
import { STEPS } from './hand'
import { HANDS } from './hands'

const MARK: Readonly<Record<Cell['kind'], string>> = { same: 'yes', untold: '(yes)', unsaid: '-', wrong: 'NO' }

/** Resolves to the exit code. */
export async function printMatrix(say: (line: string) => void): Promise<number> {
  const names = serverDialects().map(({ name }) => name)
  const rows: BridgeRow[] = []
  for (const from of names) {
    for (const to of names) {
      const [first, second] = [HANDS[from], HANDS[to]]
      if (first && second) rows.push(await bridge(first, second))
    }
    say(`${from}: met by ${names.length} wires`)
  }
  say('')
  for (const line of table(rows)) say(line)
  for (const line of reasons(rows)) say(line)
  const wrong = rows.flatMap(wrongIn)
  for (const line of wrong) say(line)
  return wrong.length === 0 ? 0 : 1
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
