import { describe, expect, it } from 'vitest'
import { readOptions, USAGE } from './options'

describe('what can be asked of the simulation', () => {
  it('[Z8] rooms, hours and a seed, each with a usual value', () => {
    expect(readOptions([])).toMatchObject({ kind: 'simulate', hours: 1, seed: 1 })
    expect(readOptions(['--rooms', '1', '--hours', '0.5', '--seed', '77'])).toEqual({
      kind: 'simulate',
      rooms: 1,
      hours: 0.5,
      seed: 77,
    })
    expect(readOptions(['--help'])).toEqual({ kind: 'help' })
  })

  it.each([
    [['--rooms', '0'], '--rooms'],
    [['--rooms', '1.5'], '--rooms'],
    [['--rooms', ''], '--rooms'],
    [['--hours', '0'], '--hours'],
    [['--hours', 'many'], '--hours'],
    [['--seed', '-1'], '--seed'],
    [['--seed', '1e9'], '--seed'],
    [['--sed', '1'], '--sed'],
    [['5'], '5'],
  ])('[Z8] anything else is answered with a sentence: %j', (args, named) => {
    const wish = readOptions(args)
    expect(wish.kind).toBe('wrong')
    const why = wish.kind === 'wrong' ? wish.why : ''
    expect(why).toContain(named)
    expect(why).toMatch(/\.$/)
    expect(USAGE).toContain('--rooms N')
  })
})
