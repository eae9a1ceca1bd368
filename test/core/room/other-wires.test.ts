import { describe, expect, it } from 'vitest'
import { foldCode, foldWireName } from '../../../src/core/room/code'
import { publicEvent } from '../../../src/core/room/event'
import { aRoom } from './a-room'

const playing = () => {
  const party = aRoom({ playing: true })
  const ann = party.joins('ann')
  party.joins('ben')
  party.passes(10_000)
  return { party, by: { kind: 'member', memberId: ann.id } as const }
}

describe('what people on other wires ask of a room', () => {
  it('[T12] a player that nobody holds: its act counts from the moment it arrived, at the position asked, with no line to come', () => {
    const { party, by } = playing()
    party.ask({ type: 'seek', positionSec: 90, atOnce: true }, by)
    expect(party.room().timeline).toEqual({ current: { positionSec: 90, rate: 1, playing: true, atMs: party.nowMs } })
    party.ask({ type: 'pause', positionSec: 90.5, atOnce: true }, by)
    expect(party.room().timeline).toEqual({
      current: { positionSec: 90.5, rate: 1, playing: false, atMs: party.nowMs },
    })
    party.ask({ type: 'play', positionSec: 90.5, atOnce: true }, by)
    party.ask({ type: 'set-rate', rate: 2, atOnce: true }, by)
    expect(party.room().timeline).toEqual({ current: { positionSec: 90.5, rate: 2, playing: true, atMs: party.nowMs } })
  })

  it('[T12] its play in a room that plays counts where it is somewhere else by more than half a second', () => {
    const { party, by } = playing()
    expect(party.ask({ type: 'play', positionSec: 10.4, atOnce: true }, by)).toMatchObject({ ok: true, events: [] })
    party.ask({ type: 'play', positionSec: 30, atOnce: true }, by)
    expect(party.room().timeline.current).toMatchObject({ positionSec: 30, playing: true })
  })

  it('[T12] an act that was announced before it is over with it', () => {
    const { party, by } = playing()
    party.asks('ben', { type: 'seek', positionSec: 300 })
    party.ask({ type: 'pause', positionSec: 10, atOnce: true }, by)
    expect(party.room().timeline).toEqual({ current: { positionSec: 10, rate: 1, playing: false, atMs: party.nowMs } })
  })

  it.each([
    { was: 'plays', positionSec: 10.5, playing: true, happens: [] },
    { was: 'plays', positionSec: 10.51, playing: true, happens: ['seek'] },
    { was: 'plays', positionSec: 9.4, playing: true, happens: ['seek'] },
    { was: 'plays', positionSec: 10, playing: false, happens: ['pause'] },
    { was: 'stands', positionSec: 10.02, playing: false, happens: [] },
    { was: 'stands', positionSec: 10.03, playing: false, happens: ['seek'] },
    { was: 'stands', positionSec: 10, playing: true, happens: ['play'] },
  ])(
    '[T13] a leading player reports $positionSec s, playing $playing, in a room that $was at 10 s: $happens',
    (row) => {
      const { party, by } = playing()
      if (row.was === 'stands') party.ask({ type: 'pause', positionSec: 10, atOnce: true }, by)
      const { positionSec, playing: isPlaying } = row
      const decision = party.ask({ type: 'set-line', positionSec, playing: isPlaying, atOnce: true }, by)
      if (!decision.ok) throw new Error(decision.refusal.code)
      expect(decision.events.flatMap((event) => (event.type === 'timeline-changed' ? [event.act.kind] : []))).toEqual(
        row.happens,
      )
    },
  )

  it('[T13] while the room waits for somebody, a report that the leader plays starts nothing; one that it pauses does', () => {
    const { party, by } = playing()
    party.asks('ben', { type: 'suspend', reason: 'buffering' })
    const stands = party.room().timeline
    party.ask({ type: 'set-line', positionSec: 12, playing: true, atOnce: true }, by)
    expect(party.room().timeline).toEqual(stands)
    party.ask({ type: 'set-line', positionSec: 12, playing: false, atOnce: true }, by)
    expect(party.room().waiting).toBeUndefined()
    expect(party.room().timeline.current.playing).toBe(false)
  })

  it('[T13] whoever may not play and pause reports in vain', () => {
    const { party } = playing()
    party.asks('ann', { type: 'set-control', control: 'host' })
    const by = { kind: 'member', memberId: party.called('ben').id } as const
    expect(party.ask({ type: 'set-line', positionSec: 50, playing: true, atOnce: true }, by)).toMatchObject({
      ok: false,
      refusal: { code: 'host-controls' },
    })
  })

  it('[T14] the words of its wire go with an act, for the same wire alone', () => {
    const { party, by } = playing()
    const origin = { dialect: 'another', fields: '{"position":90}' }
    party.ask({ type: 'seek', positionSec: 90, atOnce: true, origin }, by)
    const event = party.events.at(-1)
    expect(event).toMatchObject({ type: 'timeline-changed', serverOnly: { origin } })
    expect(JSON.stringify(event && publicEvent(event))).not.toContain('another')
    expect(party.copy()).toEqual(party.room())
  })

  it('[M9] where each socket has its own seat, one identity may have several', () => {
    const party = aRoom()
    const by = { kind: 'identity', identity: 'twin' } as const
    party.ask({ type: 'join', dialect: 'another', ownSeat: true }, by)
    party.ask({ type: 'join', dialect: 'another', ownSeat: true }, by)
    expect(party.room().members).toHaveLength(2)
    party.ask({ type: 'join', dialect: 'another' }, by)
    expect(party.room().members).toHaveLength(2)
  })

  it('[M10] whom a wire has named before sits under that id, once', () => {
    const party = aRoom()
    const join = { type: 'join', dialect: 'another', memberId: 'named-1' } as const
    party.ask(join, { kind: 'identity', identity: 'one' })
    expect(party.room().members).toMatchObject([{ id: 'named-1' }])
    const other = party.ask(join, { kind: 'identity', identity: 'other' })
    expect(other).toMatchObject({ ok: false, refusal: { code: 'taken-over' } })
    party.asks('one', { type: 'leave' })
    expect(party.ask(join, { kind: 'identity', identity: 'other' }).ok).toBe(true)
  })

  it.each([
    ['My Piano Room', 'my-piano-room'],
    ['  Kölner  Runde!', 'kölner-runde-'],
    ['movie-night_2', 'movie-night_2'],
    ['summer', 'summer'],
    ['ＡＢＣ', 'abc'],
    ['', undefined],
    ['!?', undefined],
    ['x'.repeat(65), undefined],
  ])('[A18] a wire where names are free text calls its room %j: the name is %j', (text, name) => {
    expect(foldWireName(text)).toBe(name)
    if (name !== undefined) expect(foldWireName(name)).toBe(name)
  })

  it('[A18] such a name may read like a code', () => {
    expect(foldCode('summer')).toBe('summer')
  })
})
