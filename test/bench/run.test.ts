import { describe, expect, it } from 'vitest'
import type { Run } from './report.mjs'
import { measureRun, scenariosFor } from './run.mjs'

const run: Run = {
  date: '2026-01-01T00:00:00.000Z',
  load1: 0,
  busyShare: 0,
  repeats: 0,
  discarded: { gap: 0, stall: 0 },
  figures: {
    secondsTo40: 0,
    secondsTo16: 0,
    medianMs: 1,
    p95Ms: 1,
    signedMedianMs: 1,
    own: [null, null],
    scheduledSec: null,
    seeks: [0, 0],
    correctiveSeeks: [0, 0],
    seeksWhenQuiet: [0, 0],
    atBaseRate: 1,
    rates: null,
    windows: { used: 1, discarded: { gap: 0, stall: 0 } },
  },
}

/** A world in which what is listed fails, each time once. */
function world(failing: string[]) {
  const log: string[] = []
  let stages = 0
  const may = (what: string) => {
    log.push(what)
    const index = failing.indexOf(what)
    if (index < 0) return
    failing.splice(index, 1)
    throw new Error(`${what} broke`)
  }
  const over = new AbortController()
  return {
    log,
    over,
    hands: {
      open: async () => {
        may('open')
        return ++stages
      },
      measure: async (stage: number, { id }: { id: string }) => {
        may(id)
        log.push(`on ${stage}`)
        return run
      },
      close: async () => {
        log.push('close')
      },
      tell: () => {},
      begin: () => {},
      tooLong: () => new Promise<never>(() => {}),
      over: over.signal,
    },
  }
}

const two = scenariosFor(['cold', 'late'], true)

describe('a run of the benchmark', () => {
  it('[E69] a scenario that fails is tried once more with everything opened anew, and says so', async () => {
    const { log, hands } = world(['cold'])
    const outcomes = await measureRun(two, 60, hands)
    expect(log).toEqual(['open', 'cold', 'close', 'open', 'cold', 'on 2', 'late', 'on 2'])
    expect(outcomes.get('cold')).toMatchObject({ failedBefore: 'cold broke' })
    expect(outcomes.get('late')).toEqual(run)
  })

  it('[E69] what fails twice is a failure, and the rest goes on', async () => {
    const { hands } = world(['cold', 'cold'])
    const outcomes = await measureRun(two, 60, hands)
    expect(outcomes.get('cold')).toEqual({ why: 'cold broke' })
    expect(outcomes.get('late')).toEqual(run)
  })

  it('[E69] what can not be opened twice in a row ends the run; all that is left has failed for that', async () => {
    const { log, hands } = world(['open', 'open', 'open'])
    const outcomes = await measureRun(two, 60, hands)
    expect(log.filter((what) => what === 'open')).toHaveLength(2)
    expect([...outcomes.values()]).toEqual([{ why: 'open broke' }, { why: 'open broke' }])
  })

  it('[E69] a browser that hangs fails like one that dies', async () => {
    const { hands } = world([])
    const outcomes = await measureRun(two.slice(0, 1), 60, {
      ...hands,
      measure: () => new Promise<never>(() => {}),
      tooLong: async (sec) => {
        if (sec > 200) throw new Error(`not done after ${sec} s`)
        return new Promise<never>(() => {})
      },
    })
    expect(outcomes.get('cold')).toEqual({ why: 'not done after 210 s' })
  })

  it('[E69] a person who stops it is not a failure', async () => {
    const { over, hands } = world([])
    const stopped = measureRun(two, 60, {
      ...hands,
      measure: async () => {
        over.abort(new Error('Stopped.'))
        throw new Error('the browser is gone')
      },
    })
    await expect(stopped).rejects.toThrow('Stopped.')
  })

  it('[E66] a method whose wire has no speed is not asked for it', () => {
    expect(scenariosFor(['rate', 'seek'], false).map(({ id }) => id)).toEqual(['seek'])
  })
})
