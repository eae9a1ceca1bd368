import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Sound } from '../../../src/core/notes/hearing'
import { NOTHING_SHOWN, nextAtMs, playersByKey, shownAt, withSounds } from '../../../src/core/notes/shown-keys'

const sound = (memberId: string, kind: 'on' | 'off', key: number, atMs: number, channel = 0): Sound =>
  kind === 'on' ? { memberId, kind, channel, key, velocity: 90, atMs } : { memberId, kind, channel, key, atMs }

describe('the keys that are shown', () => {
  it('[AP11] go down and up when it sounds, not when it arrives', () => {
    const told = withSounds(NOTHING_SHOWN, [sound('anna', 'on', 60, 1000), sound('anna', 'off', 60, 1200)])
    expect(nextAtMs(told)).toBe(1000)
    expect(playersByKey(shownAt(told, 999))).toEqual(new Map())
    const down = shownAt(told, 1000)
    expect(playersByKey(down)).toEqual(new Map([[60, ['anna']]]))
    expect(nextAtMs(down)).toBe(1200)
    const up = shownAt(down, 1300)
    expect(playersByKey(up)).toEqual(new Map())
    expect(nextAtMs(up)).toBeUndefined()
  })

  it('[AP11] stay down for long enough to be seen, however short the note', () => {
    const told = withSounds(NOTHING_SHOWN, [sound('anna', 'on', 60, 1000), sound('anna', 'off', 60, 1001)])
    expect(playersByKey(shownAt(told, 1059)).size).toBe(1)
    expect(playersByKey(shownAt(told, 1060)).size).toBe(0)
    // Also if its end arrives later than its beginning was shown.
    const late = withSounds(shownAt(withSounds(NOTHING_SHOWN, [sound('anna', 'on', 60, 1000)]), 1005), [
      sound('anna', 'off', 60, 1010),
    ])
    expect(nextAtMs(late)).toBe(1060)
  })

  it('[AP11] are everybody’s who holds them, on whichever channel', () => {
    const shown = shownAt(
      withSounds(NOTHING_SHOWN, [
        sound('anna', 'on', 60, 1, 0),
        sound('anna', 'on', 60, 2, 3),
        sound('ben', 'on', 60, 3),
        sound('anna', 'off', 60, 4, 0),
      ]),
      100,
    )
    expect(playersByKey(shown)).toEqual(new Map([[60, ['anna', 'ben']]]))
  })

  it('[AP11] are up when all that began has ended, however the looks at them fall', () => {
    const stroke = fc.record({
      memberId: fc.constantFrom('anna', 'ben'),
      key: fc.integer({ min: 60, max: 63 }),
      fromMs: fc.integer({ min: 0, max: 1000 }),
      forMs: fc.integer({ min: 1, max: 400 }),
    })
    fc.assert(
      fc.property(fc.array(stroke), fc.array(fc.integer({ min: 0, max: 2000 })), (strokes, looks) => {
        const sounds = strokes
          .flatMap(({ memberId, key, fromMs, forMs }) => [
            sound(memberId, 'on', key, fromMs),
            sound(memberId, 'off', key, fromMs + forMs),
          ])
          .sort((a, b) => a.atMs - b.atMs)
        let shown = withSounds(NOTHING_SHOWN, sounds)
        for (const atMs of [...looks.sort((a, b) => a - b), 2000]) shown = shownAt(shown, atMs)
        expect(playersByKey(shown)).toEqual(new Map())
        expect(shown.waiting).toEqual([])
      }),
    )
  })
})
