import { describe, expect, it } from 'vitest'
import { serverDialects } from '../../src/dialects/index'
import { bridge } from './bridge'
import { STEPS } from './hand'
import { HANDS } from './hands'

const spoken = serverDialects().map(({ name }) => name)
const pairs = spoken.flatMap((from) => spoken.map((to) => ({ from, to })))

describe('bridges', () => {
  it.each(pairs)(
    '[D12] $from makes a room, $to comes in: both are told the same truth, as far as their wires can say it',
    async (pair) => {
      const [first, second] = [HANDS[pair.from], HANDS[pair.to]]
      if (!first || !second) throw new Error('There is no hand for one of them.')
      const { cells } = await bridge(first, second)
      const wrong = STEPS.flatMap((step) => {
        const cell = cells[step]
        return cell.kind === 'wrong' ? cell.what.map((what) => `${step}: ${what}`) : []
      })
      expect(wrong).toEqual([])
    },
  )
})
