import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { withSystems } from '../../scripts/wire.mjs'
import { serverDialects } from '../../src/dialects/index'
import type { BridgeRow } from './bridge'
import { STEPS } from './hand'
import { matrix, systemsTable } from './matrix'

const spoken = serverDialects().map(({ name }) => name)
const pairs = spoken.flatMap((from) => spoken.map((to) => ({ from, to })))

describe('bridges', () => {
  let rows: BridgeRow[]
  beforeAll(async () => {
    rows = await matrix()
  }, 60_000)

  it.each(pairs)(
    '[D12] $from makes a room, $to comes in: both are told the same truth, as far as their wires can say it',
    ({ from, to }) => {
      const cells = rows.find((row) => row.from === from && row.to === to)?.cells
      const wrong = STEPS.flatMap((step) => {
        const cell = cells?.[step]
        return cell?.kind === 'wrong' ? cell.what.map((what) => `${step}: ${what}`) : []
      })
      expect(cells).toBeDefined()
      expect(wrong).toEqual([])
    },
  )

  it('[D13] README tells of each system what these rooms have shown', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
    expect(withSystems(readme, systemsTable(rows)), 'npm run wire writes it').toBe(readme)
  })
})
