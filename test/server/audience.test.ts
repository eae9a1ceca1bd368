import { describe, expect, it } from 'vitest'
import type { Frame, ServerDialect, Told } from '../../src/dialects/dialect'
import { tuttiServer } from '../../src/dialects/index'
import { createAudience, type Listener } from '../../src/server/audience'
import { createManualClock } from '../doubles/manual-clock'

function countingDialect(name: string) {
  let encoded = 0
  const dialect: ServerDialect<unknown> = {
    name,
    paths: [],
    transport: tuttiServer.transport,
    keepsSeat: true,
    fresh: undefined,
    step: (session) => ({ session, outputs: [] }),
    tell: () => [`${name} ${++encoded}`],
  }
  return dialect
}

const told: Told = { kind: 'reports', reports: {} }

describe('the audience of a room', () => {
  it('[S62] what is told is encoded once per dialect, however many hear it', () => {
    const clock = createManualClock()
    const audience = createAudience<Listener>(clock, clock)
    const heard: Frame[] = []
    const [ours, other] = [countingDialect('ours'), countingDialect('other')]
    for (const [index, dialect] of [ours, other, ours, ours].entries()) {
      audience.seat('room', `member-${index}`, { dialect, send: (frames) => void heard.push(...frames) })
    }
    audience.tell('room', told)
    expect(heard).toEqual(['ours 1', 'other 1', 'ours 1', 'ours 1'])
  })

  it('[S55] a report of somebody who is gone by then is not told, and an empty room holds no timer', async () => {
    const clock = createManualClock()
    const audience = createAudience<Listener>(clock, clock)
    const reports: Told[] = []
    const dialect = { ...countingDialect('ours'), tell: (what: Told) => (reports.push(what), []) }
    const listener = { dialect, send: () => {} }
    audience.seat('room', 'anna', listener)
    audience.seat('room', 'ben', listener)
    audience.report('room', 'anna', { positionSec: 1, state: 'playing' })
    audience.report('room', 'anna', { positionSec: 2, state: 'playing' })
    audience.report('room', 'ben', { positionSec: 3, state: 'playing' })
    audience.unseat('room', 'ben')
    await clock.advance(500)
    expect(reports).toEqual([
      { kind: 'reports', reports: { anna: { positionSec: 1, state: 'playing' } } },
      { kind: 'reports', reports: { anna: { positionSec: 2, state: 'playing' } } },
    ])
    audience.report('room', 'anna', { positionSec: 4, state: 'playing' })
    audience.unseat('room', 'anna')
    expect(clock.timersWaiting()).toBe(0)
  })
})
