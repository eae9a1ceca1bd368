/** Commands as people, and people who play tricks, would ask them. Most are sensible, so that rooms get somewhere. */
import fc from 'fast-check'
import type { RoomCommand } from '../../src/core/room/command'
import { SUSPENSION_REASONS, WAITABLE_REASONS } from '../../src/core/room/room'

const seconds = fc.oneof(
  { weight: 8, arbitrary: fc.double({ min: 0, max: 7200, noNaN: true }).map((sec) => sec + 0) },
  { weight: 1, arbitrary: fc.constantFrom(-1, 1e8, 1e9) },
)
const rate = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(0.5, 1, 1.25, 2) },
  { weight: 1, arbitrary: fc.constantFrom(0, -1, 1000) },
)
const name = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('Ada', 'Bo', 'Ada ', 'ÅSE', '名前') },
  { weight: 1, arbitrary: fc.string({ maxLength: 60, unit: 'binary' }) },
)
const media = fc.record({
  content: fc.record({ address: fc.webUrl(), title: fc.string({ maxLength: 100, unit: 'grapheme' }) }),
})

const patience = fc.record({
  mostSec: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(0, 5, 10, 300) },
    { weight: 1, arbitrary: fc.constantFrom(-1, -0, 301) },
  ),
  reasons: fc.array(fc.constantFrom(...WAITABLE_REASONS), { maxLength: 4 }),
})

export const arbitraryCommand: fc.Arbitrary<RoomCommand> = fc.oneof(
  fc.record({ type: fc.constant('play' as const), positionSec: seconds }),
  fc.record({ type: fc.constant('pause' as const), positionSec: seconds }),
  fc.record({ type: fc.constant('seek' as const), positionSec: seconds }),
  fc.record({ type: fc.constant('set-rate' as const), rate }),
  fc.record({
    type: fc.constant('set-control' as const),
    control: fc.constantFrom('host' as const, 'everyone' as const),
  }),
  fc.record({ type: fc.constant('set-patience' as const), patience }),
  fc.record({ type: fc.constant('set-media' as const), media }),
  fc.record({ type: fc.constant('rename' as const), name }),
  fc.record({ type: fc.constant('suspend' as const), reason: fc.constantFrom(...SUSPENSION_REASONS) }),
  fc.record({ type: fc.constant('resume' as const) }),
)
