import { describe, expect, it } from 'vitest'
import { createBacklog } from '../../src/server/backlog'

describe('what waits for slow readers', () => {
  it('[S73] who has more waiting than one may is cut; who reads is not', () => {
    const backlog = createBacklog<string>({ each: 100, all: 1_000 })
    expect(backlog.add('anna', 100)).toBeUndefined()
    backlog.done('anna', 60)
    expect(backlog.add('anna', 60)).toBeUndefined()
    expect(backlog.add('anna', 1)).toBe('anna')
  })

  it('[S73] when too much waits in all, whoever has most waiting is cut, whoever spoke', () => {
    const backlog = createBacklog<string>({ each: 100, all: 150 })
    backlog.add('anna', 90)
    backlog.add('ben', 40)
    expect(backlog.add('carl', 25)).toBe('anna')
    expect(backlog.add('carl', 25)).toBeUndefined()
  })

  it('[S73] who was cut or left counts no more, also when its frames come to an end later', () => {
    const backlog = createBacklog<string>({ each: 100, all: 150 })
    backlog.add('anna', 90)
    backlog.drop('anna')
    backlog.done('anna', 90)
    backlog.add('ben', 100)
    expect(backlog.add('carl', 50)).toBeUndefined()
    expect(backlog.add('dora', 1)).toBe('ben')
  })
})
