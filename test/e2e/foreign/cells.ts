/** What a person can do in a room of each system, as tests found it: docs/figures/systems.json, and README's table is made of that. */
import { readFileSync, writeFileSync } from 'node:fs'

export const COLUMNS = [
  'recognised',
  'joined',
  'people',
  'play',
  'pause',
  'seek',
  'rate',
  'queue',
  'chat',
  'reconnect',
] as const
export type Column = (typeof COLUMNS)[number]
export type Row = Partial<Record<Column, boolean>>

const FILE = new URL('../../../docs/figures/systems.json', import.meta.url)

function readAll(): Record<string, Row> {
  try {
    return JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, Row>
  } catch {
    return {}
  }
}

export function keptRow(dialect: string): Row | undefined {
  return readAll()[dialect]
}

/** Only when asked to: otherwise a test holds what it finds to what is kept. */
export const KEEPS = process.env['KEEP_SYSTEMS'] === 'yes'

export function keepRow(dialect: string, row: Row): void {
  const all = { ...readAll(), [dialect]: row }
  const sorted = Object.fromEntries(Object.entries(all).sort(([one], [other]) => (one < other ? -1 : 1)))
  writeFileSync(FILE, `${JSON.stringify(sorted, null, 2)}\n`)
}
