import { describe, expect, it } from 'vitest'
import { type Candidate, choosePlayer, scoreOf } from '../../src/content/find-player'

const film: Candidate = { areaPx: 640 * 360, readyState: 4, durationSec: 5400, isDecoration: false }

describe('which video is the player', () => {
  it.each<[string, Partial<Candidate>]>([
    ['a smaller one', { areaPx: 320 * 180 }],
    ['one that has loaded nothing', { readyState: 0, durationSec: Number.NaN }],
    ['a short one', { durationSec: 30 }],
    ['a silent loop in the background', { isDecoration: true, areaPx: 1280 * 720 }],
  ])('[P12] a film is better than %s', (_, other) => {
    expect(scoreOf(film)).toBeGreaterThan(scoreOf({ ...film, ...other }))
  })

  it('[P12] what is not shown, or is tiny, is no player', () => {
    expect(scoreOf({ ...film, areaPx: 0 })).toBe(0)
    expect(scoreOf({ ...film, areaPx: 50 * 50 })).toBe(0)
  })

  it('[P12] a stream without an end is a player with a finite score', () => {
    expect(scoreOf({ ...film, durationSec: Number.POSITIVE_INFINITY })).toBeLessThan(Number.MAX_SAFE_INTEGER)
    expect(scoreOf({ ...film, durationSec: Number.NaN })).toBeGreaterThan(0)
  })

  it('[P13] the current one stays until another is clearly better', () => {
    const scored = (current: number, other: number) => [
      { player: 'current', score: current },
      { player: 'other', score: other },
    ]
    expect(choosePlayer(scored(100, 300), 'current', false)?.player).toBe('current')
    expect(choosePlayer(scored(100, 500), 'current', false)?.player).toBe('other')
    expect(choosePlayer(scored(100, 300), undefined, false)?.player).toBe('other')
  })

  it('[P13] one that is covered stays while it is in use, unless there is another', () => {
    const covered = [{ player: 'current', score: 0 }]
    expect(choosePlayer(covered, 'current', true)?.player).toBe('current')
    expect(choosePlayer(covered, 'current', false)).toBeUndefined()
    expect(choosePlayer([...covered, { player: 'other', score: 900 }], 'current', true)?.player).toBe('other')
    expect(choosePlayer([], 'current', true)).toBeUndefined()
  })
})
