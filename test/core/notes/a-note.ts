/** Notes for tests: short to write, and by chance. */
import fc from 'fast-check'
import { type Held, type HeldKey, NOTHING_HELD, type Note, SUSTAIN } from '../../../src/core/notes/note'

export const on = (key: number, atMs = 0): Note => ({ kind: 'on', channel: 0, key, velocity: 100, atMs })
export const off = (key: number, atMs = 0): Note => ({ kind: 'off', channel: 0, key, atMs })
export const pedal = (value: number, atMs = 0): Note => ({
  kind: 'control',
  channel: 0,
  controller: SUSTAIN,
  value,
  atMs,
})
export const lever = (value: number, atMs = 0): Note => ({ kind: 'control', channel: 0, controller: 1, value, atMs })
export const bend = (value: number, atMs = 0): Note => ({ kind: 'bend', channel: 0, bend: value, atMs })
export const holding = (...keys: readonly number[]): Held => ({
  ...NOTHING_HELD,
  keys: keys.map((key): HeldKey => ({ channel: 0, key })),
})

/** Few keys, so that they meet. */
const key = fc.integer({ min: 60, max: 64 })
const channel = fc.integer({ min: 0, max: 1 })

/** What a person does and how long after the act before. */
export const someAct = fc.record({
  afterMs: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 120 }), fc.integer({ min: 400, max: 3_000 })),
  act: fc.oneof(
    fc.record({ kind: fc.constant('on' as const), channel, key, velocity: fc.constant(90) }),
    fc.record({ kind: fc.constant('off' as const), channel, key }),
    fc.record({
      kind: fc.constant('control' as const),
      channel,
      controller: fc.constantFrom(SUSTAIN, 1),
      value: fc.constantFrom(0, 127),
    }),
    fc.record({ kind: fc.constant('bend' as const), channel, bend: fc.integer({ min: -10, max: 10 }) }),
  ),
})
