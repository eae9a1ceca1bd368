import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { README, readSystems } from '../../scripts/figures.mjs'
import { drawSystems, REASONS, withSystems } from '../e2e/foreign/readme.mjs'

describe('the table of other systems in README', () => {
  it('[E102] says what the tests in a browser found, and nothing else', async () => {
    const readme = readFileSync(README, 'utf8')
    expect(withSystems(readme, await readSystems())).toBe(readme)
  })

  it('[E102] has a reason for everything that can’t be done, and none for what can', async () => {
    const cells = await readSystems()
    for (const [system, row] of Object.entries(cells))
      for (const [column, can] of Object.entries(row))
        expect(REASONS[system]?.[column] === undefined, `${system}, ${column}`).toBe(can)
  })

  it('[E102] has all six', async () => {
    expect(Object.keys(await readSystems()).sort()).toEqual(Object.keys(REASONS).sort())
    expect(drawSystems(await readSystems())).not.toContain('nobody knows')
  })
})
