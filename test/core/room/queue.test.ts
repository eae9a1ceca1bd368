import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MediaWish } from '../../../src/core/room/command'
import { due } from '../../../src/core/room/due'
import { ROOM_LIMITS } from '../../../src/core/room/room'
import type { Mode } from '../../../src/core/room/settings'
import { shuffled } from '../../../src/core/room/shuffled'
import { latestLine, lineAt, positionAt } from '../../../src/core/timeline'
import { type ARoom, aRoom } from './a-room'

function film(number: number, fields: Partial<MediaWish> = {}): MediaWish {
  return {
    durationSec: 100,
    ...fields,
    content: { address: `https://example.org/${number}`, title: `Film ${number}` },
  }
}

const titles = (party: ARoom): string[] => party.room().queue.items.map(({ content }) => content.title.slice(5))
const current = (party: ARoom): string | undefined => party.room().media?.content.title.slice(5)
const idOf = (party: ARoom, number: number): string =>
  party.room().queue.items.find(({ content }) => content.title === `Film ${number}`)?.id ?? 'gone'
const adds = (party: ARoom, name: string, ...numbers: number[]): string[] | string =>
  party.asks(name, { type: 'queue-add', items: numbers.map((number) => film(number)) })

/** ann is host, gus a guest; Film 0 plays, the others wait. */
function aQueue(...numbers: number[]): ARoom {
  const party = aRoom({ playing: true })
  for (const name of ['ann', 'gus']) party.joins(name)
  adds(party, 'ann', 0, ...numbers)
  party.passes(2_000)
  return party
}

const inMode = (party: ARoom, mode: Mode): string[] | string =>
  party.asks('ann', { type: 'configure', settings: { mode } })

describe('the queue', () => {
  it('[Q1] what is added comes last, or first; each item has an id and a number of its own', () => {
    const party = aQueue(1, 2)
    adds(party, 'gus', 3)
    party.asks('ann', { type: 'queue-add', items: [film(4)], first: true })
    expect(titles(party)).toEqual(['4', '1', '2', '3'])
    const items = [...party.room().queue.items, party.room().media]
    expect(new Set(items.map((item) => item?.id)).size).toBe(5)
    expect(new Set(items.map((item) => item?.number)).size).toBe(5)
    for (const item of items) expect(item?.number).toBeLessThan(2 ** 31)
    expect(party.room().queue.items.at(-1)?.addedBy).toBe(party.called('gus').id)
    party.asks('ann', { type: 'set-permissions', role: 'guest', permissions: ['queue-add'] })
    expect(party.asks('gus', { type: 'queue-add', items: [film(5)], first: true })).toBe('not-allowed')
  })

  it('[Q2] what is added while nothing is current becomes current, and plays only if the room does', () => {
    const standing = aRoom()
    standing.joins('ann')
    adds(standing, 'ann', 1)
    expect(current(standing)).toBe('1')
    expect(latestLine(standing.room().timeline)).toMatchObject({ positionSec: 0, playing: false })
    const running = aRoom({ playing: true, positionSec: 50 })
    running.joins('ann')
    running.asks('ann', { type: 'queue-add', items: [film(1, { startAtSec: 7 })] })
    expect(running.room().timeline.current).toMatchObject({ positionSec: 7, playing: false, atMs: running.nowMs })
    expect(running.room().timeline.next).toMatchObject({ positionSec: 7, playing: true })
    expect(running.room().timeline.next?.atMs).toBeGreaterThan(running.nowMs)
  })

  it('[Q3] what is there already is refused, unless it is asked for again', () => {
    const party = aQueue(1)
    expect(adds(party, 'gus', 1)).toBe('already-queued')
    expect(adds(party, 'gus', 0), 'what is current, too').toBe('already-queued')
    expect(adds(party, 'gus', 1, 2, 2)).toEqual(['queue-added'])
    expect(titles(party)).toEqual(['1', '2'])
    party.asks('gus', { type: 'queue-add', items: [film(1)], again: true })
    expect(titles(party)).toEqual(['1', '2', '1'])
  })

  it('[Q4] the queue has bounds in number and in length', () => {
    const party = aQueue()
    const many = (count: number): MediaWish[] => Array.from({ length: count }, (_, n) => film(n))
    const add = (items: MediaWish[]) => party.asks('ann', { type: 'queue-add', items, again: true })
    expect(add([])).toBe('out-of-range')
    expect(add(many(51))).toBe('out-of-range')
    while (party.room().queue.items.length < ROOM_LIMITS.items) expect(add(many(50))).toEqual(['queue-added'])
    expect(add(many(1))).toBe('queue-full')
    party.asks('ann', { type: 'queue-clear' })
    const long = { content: { address: `https://example.org/${'x'.repeat(1900)}`, title: '' } }
    const taken = Array.from({ length: 5 }, () => add(Array.from({ length: 20 }, () => long)))
    expect(taken).toEqual([['queue-added'], ['queue-added'], ['queue-added'], ['queue-added'], ['queue-added']])
    expect(add(Array.from({ length: 4 }, () => long))).toBe('queue-full')
  })

  it.each(['manual', 'loop'] as const)('[Q4] nor does what was set get into a full queue (%s)', (mode) => {
    const party = aQueue()
    inMode(party, mode)
    const long = (n: number): MediaWish => ({ content: { address: `${n}${'x'.repeat(1900)}`, title: '' } })
    const add = (items: MediaWish[]) => party.asks('ann', { type: 'queue-add', items, again: true })
    add(Array.from({ length: 10 }, (_, n) => film(n)))
    while (add([long(0)])[0] === 'queue-added');
    const length = (): number => JSON.stringify(party.room().queue.items.map(({ content }) => content)).length
    for (let n = 1; n <= 10; n += 1) {
      party.asks('ann', { type: 'set-media', media: long(n) })
      const [first] = party.room().queue.items
      const playsNow = party.asks('ann', { type: 'play-now', itemId: first?.id ?? '' })
      if (n > 2) expect(playsNow).toBe('queue-full')
      party.asks('ann', { type: 'skip' })
    }
    expect(length()).toBeLessThan(ROOM_LIMITS.queueLength + 2_000)
  })

  it('[Q4] what came from a full queue goes round in it', () => {
    const party = aQueue()
    inMode(party, 'loop')
    while (party.room().queue.items.length < ROOM_LIMITS.items)
      party.asks('ann', { type: 'queue-add', items: Array.from({ length: 50 }, (_, n) => film(n)), again: true })
    party.asks('ann', { type: 'skip' })
    expect(party.room().queue.items).toHaveLength(ROOM_LIMITS.items)
    expect(titles(party).at(-1)).toBe('0')
  })

  it('[Q5] one takes back what one added; what others added only with the right to', () => {
    const party = aQueue(1)
    party.asks('ann', { type: 'set-permissions', role: 'guest', permissions: ['queue-add'] })
    adds(party, 'gus', 2)
    expect(party.asks('gus', { type: 'queue-remove', itemId: idOf(party, 1) })).toBe('not-allowed')
    expect(party.asks('gus', { type: 'queue-remove', itemId: idOf(party, 2) })).toEqual(['queue-removed'])
    expect(party.asks('gus', { type: 'queue-remove', itemId: 'gone' })).toBe('no-such-item')
    expect(party.asks('ann', { type: 'queue-remove', itemId: idOf(party, 1) })).toEqual(['queue-removed'])
    expect(titles(party)).toEqual([])
  })

  it('[Q6] items are moved, and shuffled by chance that was handed in', () => {
    const party = aQueue(1, 2, 3, 4, 5)
    party.asks('gus', { type: 'queue-move', itemId: idOf(party, 1), toIndex: 2 })
    expect(titles(party)).toEqual(['2', '3', '1', '4', '5'])
    party.asks('gus', { type: 'queue-move', itemId: idOf(party, 2), toIndex: 99 })
    expect(titles(party)).toEqual(['3', '1', '4', '5', '2'])
    expect(party.asks('gus', { type: 'queue-shuffle' })).toEqual(['queue-ordered'])
    expect(titles(party)).not.toEqual(['3', '1', '4', '5', '2'])
    expect(titles(party).toSorted()).toEqual(['1', '2', '3', '4', '5'])
    fc.assert(
      fc.property(
        fc.array(fc.string()),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (list, seed) => {
          expect(shuffled(list, seed)).toEqual(shuffled(list, seed))
          expect(shuffled(list, seed).toSorted()).toEqual(list.toSorted())
        },
      ),
    )
  })

  it('[Q7] what was done to the queue is taken back, the last first', () => {
    const party = aQueue(1, 2, 3)
    const undo = (name = 'ann') => party.asks(name, { type: 'queue-undo' })
    party.asks('ann', { type: 'queue-remove', itemId: idOf(party, 2) })
    party.asks('ann', { type: 'queue-move', itemId: idOf(party, 3), toIndex: 0 })
    party.asks('ann', { type: 'queue-shuffle' })
    adds(party, 'ann', 4, 5)
    expect(undo()).toEqual(['queue-removed', 'queue-removed'])
    undo()
    expect(titles(party)).toEqual(['3', '1'])
    undo()
    expect(titles(party)).toEqual(['1', '3'])
    undo()
    expect(titles(party)).toEqual(['1', '2', '3'])
    expect(undo()).toEqual(['queue-removed', 'queue-removed', 'queue-removed'])
    expect(undo()).toBe('nothing-to-undo')
  })

  it('[Q7] one takes back the own acts, all of them with the right to order; what has gone on is passed over', () => {
    const party = aQueue()
    adds(party, 'gus', 1)
    adds(party, 'ann', 2)
    party.asks('ann', { type: 'set-permissions', role: 'guest', permissions: ['queue-add'] })
    expect(party.asks('gus', { type: 'queue-undo' })).toEqual(['queue-removed'])
    expect(titles(party)).toEqual(['2'])
    expect(party.asks('gus', { type: 'queue-undo' })).toBe('nothing-to-undo')
    adds(party, 'gus', 3)
    party.asks('ann', { type: 'skip' })
    expect(current(party)).toBe('2')
    party.asks('ann', { type: 'skip' })
    expect(current(party)).toBe('3')
    expect(party.asks('ann', { type: 'queue-undo' }), 'both are played by now').toBe('nothing-to-undo')
    for (let n = 10; n < 40; n += 1) adds(party, 'ann', n)
    for (let n = 0; n < 20; n += 1) expect(party.asks('ann', { type: 'queue-undo' })).toEqual(['queue-removed'])
    expect(party.asks('ann', { type: 'queue-undo' })).toBe('nothing-to-undo')
  })

  it('[Q7] whoever may not change the queue any more takes back nothing but what they added', () => {
    const party = aQueue()
    adds(party, 'gus', 1, 2, 3)
    party.asks('gus', { type: 'queue-remove', itemId: idOf(party, 1) })
    party.asks('gus', { type: 'queue-shuffle' })
    party.asks('ann', { type: 'set-control', control: 'host' })
    const undo = () => party.asks('gus', { type: 'queue-undo' })
    expect(undo()).toEqual(['queue-removed', 'queue-removed'])
    expect(undo()).toBe('nothing-to-undo')
  })

  it('[Q8] a queue that was cleared can be restored once, or forgotten', () => {
    const party = aQueue(1, 2)
    expect(party.asks('ann', { type: 'queue-restore' })).toBe('nothing-to-undo')
    party.asks('ann', { type: 'queue-clear' })
    expect(titles(party)).toEqual([])
    expect(party.room().queue.previous).toHaveLength(2)
    adds(party, 'ann', 3)
    expect(party.asks('ann', { type: 'queue-restore' })).toEqual(['queue-restored'])
    expect(titles(party)).toEqual(['3', '1', '2'])
    party.asks('ann', { type: 'queue-clear' })
    expect(party.asks('ann', { type: 'queue-restore', discard: true })).toEqual(['queue-forgotten'])
    expect(party.room().queue).toEqual({ items: [], previous: [] })
    expect(party.asks('ann', { type: 'queue-restore' })).toBe('nothing-to-undo')
  })

  it('[Q8] of a long queue that was cleared only its beginning is kept', () => {
    const party = aQueue()
    const long = { content: { address: `https://example.org/${'x'.repeat(900)}`, title: '' } }
    for (let n = 0; n < 2; n += 1) {
      party.asks('ann', { type: 'queue-add', items: Array.from({ length: 50 }, () => long), again: true })
    }
    party.asks('ann', { type: 'queue-clear' })
    const { previous } = party.room().queue
    expect(previous.length).toBeGreaterThan(50)
    expect(JSON.stringify(previous.map(({ content }) => content)).length).toBeLessThan(51_000)
  })

  it('[Q9] played now: what was current comes next, and goes on from where it was left', () => {
    const party = aQueue(1, 2)
    party.passes(10_000)
    const leftAtSec = positionAt(lineAt(party.room().timeline, party.nowMs), party.nowMs)
    party.asks('gus', { type: 'play-now', itemId: idOf(party, 2) })
    expect([current(party), ...titles(party)]).toEqual(['2', '0', '1'])
    expect(party.room().queue.items[0]?.startAtSec).toBeCloseTo(leftAtSec)
    expect(leftAtSec).toBeGreaterThan(10)
    party.asks('gus', { type: 'skip' })
    expect(latestLine(party.room().timeline)).toMatchObject({ playing: true })
    expect(latestLine(party.room().timeline).positionSec).toBeCloseTo(leftAtSec)
    expect(party.asks('gus', { type: 'play-now', itemId: 'gone' })).toBe('no-such-item')
  })

  it('[Q10] a skip leads to the next; at the end of the queue nothing is current and players stay where they are', () => {
    const party = aQueue(1)
    const itemId = party.room().media?.id ?? ''
    expect(party.asks('gus', { type: 'skip', itemId })).toContain('media-changed')
    expect(current(party)).toBe('1')
    expect(party.asks('gus', { type: 'skip', itemId }), 'a second who skipped the same').toBe('no-such-item')
    party.passes(10_000)
    const atSec = positionAt(lineAt(party.room().timeline, party.nowMs), party.nowMs)
    party.asks('gus', { type: 'skip' })
    expect(current(party)).toBeUndefined()
    expect(latestLine(party.room().timeline)).toMatchObject({ positionSec: atSec, playing: false })
    expect(party.asks('gus', { type: 'skip' })).toBe('nothing-to-skip')
  })
})

describe('what comes next', () => {
  it('[Q11] in order, by votes, or round and round', () => {
    const party = aQueue(1, 2, 3)
    inMode(party, 'vote')
    party.asks('gus', { type: 'vote', itemId: idOf(party, 3), vote: 1 })
    party.asks('gus', { type: 'vote', itemId: idOf(party, 1), vote: -1 })
    party.asks('ann', { type: 'skip' })
    expect(current(party)).toBe('3')
    party.asks('ann', { type: 'skip' })
    expect(current(party), 'the oldest of those with as many').toBe('2')
    inMode(party, 'loop')
    adds(party, 'ann', 4)
    const played: (string | undefined)[] = []
    for (let n = 0; n < 5; n += 1) {
      played.push(current(party))
      party.asks('ann', { type: 'skip' })
    }
    expect(played).toEqual(['2', '1', '4', '2', '1'])
    expect(party.room().queue.items.every(({ up, down }) => up.length + down.length === 0)).toBe(true)
  })

  it('[Q12] the room goes on by itself at the end, by rate and place, from a moment ahead', () => {
    const party = aQueue(1)
    const startMs = latestLine(party.room().timeline).atMs
    expect(due(party.room())?.atMs).toBe(startMs + 100_000)
    party.asks('ann', { type: 'set-rate', rate: 2 })
    const { atMs, positionSec } = latestLine(party.room().timeline)
    const endMs = atMs + (100 - positionSec) * 500
    expect(due(party.room())?.atMs).toBeCloseTo(endMs)
    party.asks('ann', { type: 'pause', positionSec: 50 })
    expect(due(party.room()), 'announced, and it stands then').toBeUndefined()
    party.passes(2_000)
    party.asks('ann', { type: 'play', positionSec: 90 })
    party.passes(10_000)
    expect(current(party)).toBe('1')
    expect(latestLine(party.room().timeline)).toMatchObject({ positionSec: 0, rate: 1, playing: true })
    party.passes(200_000)
    expect(current(party), 'and at the end of the last nothing is current').toBeUndefined()
    expect(latestLine(party.room().timeline).playing).toBe(false)
  })

  it('[Q12] a skip beyond the end, an end that comes nearer, and nobody there', () => {
    const party = aQueue(1, 2, 3)
    party.asks('ann', { type: 'seek', positionSec: 99 })
    party.passes(3_000)
    expect(current(party)).toBe('1')
    party.passes(20_000)
    party.asks('ann', { type: 'edit-item', itemId: party.room().media?.id ?? '', endAtSec: 10 })
    expect(current(party), 'at once').toBe('2')
    for (const name of ['ann', 'gus']) party.asks(name, { type: 'go-away' })
    expect(due(party.room())?.command.type).not.toBe('media-over')
    party.nowMs += 50_000
    party.joins('ann')
    party.asks('gus', { type: 'go-away' })
    party.passes(59_000)
    expect(current(party)).toBe('3')
  })

  it('[Q12] the same moment twice, or too early, changes nothing', () => {
    const party = aQueue(1, 2)
    const { command, atMs } = due(party.room()) ?? { command: { type: 'waiting-expired' }, atMs: 0 }
    party.nowMs = atMs - 1
    expect(party.ask(command, { kind: 'room' })).toMatchObject({ refusal: { code: 'not-due' } })
    party.nowMs = atMs
    expect(party.ask(command, { kind: 'room' })).toMatchObject({ ok: true })
    expect(party.ask(command, { kind: 'room' })).toMatchObject({ refusal: { code: 'not-due' } })
    expect(current(party)).toBe('1')
  })

  it('[Q13] without a length it stays until somebody who may skip says that it is over', () => {
    const party = aRoom({ playing: true })
    for (const name of ['ann', 'gus']) party.joins(name)
    const content = (number: number) => film(number).content
    party.asks('ann', {
      type: 'queue-add',
      items: [{ content: content(1) }, { durationSec: 0.5, content: content(2) }, film(3)],
    })
    const ended = (name: string) => party.asks(name, { type: 'media-ended', itemId: party.room().media?.id ?? '' })
    expect(due(party.room())).toBeUndefined()
    party.passes(3_600_000)
    party.asks('ann', { type: 'set-control', control: 'host' })
    expect(ended('gus')).toBe('host-controls')
    expect(ended('ann')).toContain('media-changed')
    expect(current(party)).toBe('2')
    expect(due(party.room()), 'a moment is no length').toBeUndefined()
    expect(party.asks('ann', { type: 'media-ended', itemId: 'former' })).toBe('not-due')
    ended('ann')
    expect(current(party)).toBe('3')
    party.passes(50_000)
    expect(ended('ann'), 'the length is known').toBe('not-due')
    party.passes(49_900)
    expect(ended('ann')).toContain('media-changed')
  })

  it('[Q14] what was set stays at its end, if nothing comes after it', () => {
    const party = aRoom({ playing: true, media: film(0) })
    party.joins('ann')
    party.passes(200_000)
    expect(current(party)).toBe('0')
    expect(latestLine(party.room().timeline).playing).toBe(true)
    expect(party.asks('ann', { type: 'media-ended', itemId: party.room().media?.id ?? '' })).toEqual([])
    adds(party, 'ann', 1)
    expect(current(party), 'and makes way at once').toBe('1')
  })

  it('[Q15] lengths are told by who added it, or may order; what is current by who may set it', () => {
    const party = aQueue(1)
    const edit = (name: string, itemId: string, fields: object) =>
      party.asks(name, { type: 'edit-item', itemId, ...fields })
    expect(edit('gus', idOf(party, 1), { durationSec: 300, startAtSec: 10 })).toEqual(['item-edited'])
    expect(edit('gus', idOf(party, 1), { durationSec: 300 })).toEqual([])
    expect(party.room().queue.items[0]).toMatchObject({ durationSec: 300, startAtSec: 10 })
    party.asks('ann', { type: 'set-permissions', role: 'guest', permissions: [] })
    expect(edit('gus', idOf(party, 1), { durationSec: 1 })).toBe('not-allowed')
    expect(edit('gus', party.room().media?.id ?? '', { durationSec: 1 })).toBe('not-allowed')
    expect(edit('ann', 'gone', { durationSec: 1 })).toBe('no-such-item')
  })
})

describe('votes and history', () => {
  it('[V1] one vote for each item and member, for 30 items at most; it can be changed and taken back', () => {
    const party = aQueue(...Array.from({ length: 40 }, (_, n) => n + 1))
    const vote = (itemId: string, value: 1 | 0 | -1) => party.asks('gus', { type: 'vote', itemId, vote: value })
    const itemId = party.room().media?.id ?? ''
    const gus = party.called('gus').id
    vote(itemId, 1)
    expect(party.room().media).toMatchObject({ up: [gus], down: [] })
    vote(itemId, -1)
    expect(party.room().media).toMatchObject({ up: [], down: [gus] })
    expect(vote(itemId, -1)).toEqual([])
    vote(itemId, 0)
    expect(party.room().media).toMatchObject({ up: [], down: [] })
    expect(vote('gone', 1)).toBe('no-such-item')
    const ids = party.room().queue.items.map(({ id }) => id)
    for (const id of ids.slice(0, 30)) expect(vote(id, 1)).toEqual(['item-voted'])
    expect(vote(ids[30] ?? '', 1)).toBe('too-many')
    expect(vote(ids[0] ?? '', -1)).toEqual(['item-voted'])
  })

  it('[V2] enough of those who are here skip together, and fewer are enough when some go', () => {
    const party = aRoom({ playing: true, settings: { skipShare: 0.5 } })
    const names = ['ann', 'bob', 'gus', 'kim', 'lou']
    for (const name of names) party.joins(name)
    adds(party, 'ann', 0, 1, 2)
    const wants = (name: string, value = true) =>
      party.asks(name, { type: 'vote-skip', itemId: party.room().media?.id ?? '', wants: value })
    wants('bob')
    wants('gus')
    wants('gus', false)
    wants('kim')
    expect(current(party)).toBe('0')
    party.asks('lou', { type: 'leave' })
    expect(current(party), 'two of four').toBe('1')
    expect(party.room().skipVotes).toEqual([])
    wants('bob')
    party.asks('gus', { type: 'go-away' })
    expect(current(party), 'one of three').toBe('1')
    party.asks('kim', { type: 'go-away' })
    expect(current(party), 'one of two').toBe('2')
    expect(wants('bob')).toContain('media-changed')
    adds(party, 'ann', 3, 4)
    party.joins('gus')
    party.joins('kim')
    wants('bob')
    expect(current(party)).toBe('3')
    party.asks('ann', { type: 'configure', settings: { skipShare: 0.2 } })
    expect(current(party), 'one of four').toBe('4')
    party.asks('ann', { type: 'configure', settings: { skipShare: 0 } })
    expect(wants('bob')).toBe('not-allowed')
    expect(party.asks('ann', { type: 'vote-skip', itemId: 'gone', wants: true })).toBe('not-allowed')
  })

  it('[V3] votes go with who leaves', () => {
    const party = aQueue(1)
    for (const itemId of [idOf(party, 1), party.room().media?.id ?? ''])
      party.asks('gus', { type: 'vote', itemId, vote: 1 })
    party.asks('gus', { type: 'leave' })
    expect(party.room().queue.items[0]?.up).toEqual([])
    expect(party.room().media?.up).toEqual([])
  })

  it('[V4] who takes the current item along is noted once', () => {
    const party = aQueue(1)
    const itemId = party.room().media?.id ?? ''
    expect(party.asks('gus', { type: 'grab', itemId })).toEqual(['item-grabbed'])
    expect(party.asks('gus', { type: 'grab', itemId })).toEqual([])
    expect(party.asks('gus', { type: 'grab', itemId: idOf(party, 1) })).toBe('no-such-item')
    for (let n = 1; n < ROOM_LIMITS.grabs; n += 1) {
      party.joins('eve')
      party.asks('eve', { type: 'grab', itemId })
      party.asks('eve', { type: 'leave' })
    }
    expect(party.asks('ann', { type: 'grab', itemId })).toBe('too-many')
    expect(party.room().media?.grabs).toHaveLength(ROOM_LIMITS.grabs)
  })

  it('[V5] the last 30 that were played are kept, last first, with how they were liked', () => {
    const party = aQueue(...Array.from({ length: 40 }, (_, n) => n + 1))
    const itemId = party.room().media?.id ?? ''
    const { sinceMs } = party.room().media ?? {}
    party.asks('gus', { type: 'vote', itemId, vote: 1 })
    party.asks('ann', { type: 'vote', itemId, vote: -1 })
    party.asks('gus', { type: 'grab', itemId })
    party.asks('ann', { type: 'skip' })
    expect(party.room().history[0]).toMatchObject({
      itemId,
      addedBy: party.called('ann').id,
      sinceMs,
      endedAtMs: party.nowMs,
      skipped: true,
      score: { up: 1, down: 1, grabs: 1, listeners: 2 },
      content: film(0).content,
    })
    party.passes(102_000)
    expect(party.room().history[0]).toMatchObject({ skipped: false, content: film(1).content })
    for (let n = 0; n < 35; n += 1) party.asks('ann', { type: 'skip' })
    expect(party.room().history).toHaveLength(30)
    expect(party.room().history[0]?.content.title).toBe('Film 36')
  })
})

describe('the rotation', () => {
  /** dan and eve take turns, each with two items; ann is host. */
  function aRotation(settings: object = {}): ARoom {
    const party = aRoom({ settings: { mode: 'rotation', ...settings } })
    for (const name of ['ann', 'dan', 'eve', 'gus']) party.joins(name)
    party.asks('dan', { type: 'join-booth', items: [film(1), film(2)] })
    party.asks('eve', { type: 'join-booth', items: [film(3), film(4)] })
    return party
  }
  const booth = (party: ARoom): (string | undefined)[] => {
    const { playing, waiting } = party.room().booth
    const names = new Map(party.room().members.map(({ id, shown }) => [id, shown.name]))
    return [playing, ...waiting].map((id) => (id === undefined ? undefined : names.get(id)))
  }

  it('[J1] somebody who may change the mode starts it by joining; others join then', () => {
    const party = aRoom()
    for (const name of ['ann', 'gus']) party.joins(name)
    expect(party.asks('gus', { type: 'join-booth', items: [film(1)] })).toBe('no-rotation')
    expect(party.asks('ann', { type: 'add-dj', memberId: party.called('gus').id })).toBe('no-rotation')
    expect(party.asks('ann', { type: 'join-booth' })).toEqual(['settings-changed', 'booth-changed'])
    expect(party.room().settings.mode).toBe('rotation')
    party.asks('gus', { type: 'join-booth', items: [film(1)] })
    expect(booth(party)).toEqual(['gus', 'ann'])
  })

  it('[J2] whoever is first in the line and has something to play is on, and it plays', () => {
    const party = aRotation()
    expect(current(party)).toBe('1')
    expect(booth(party)).toEqual(['dan', 'eve'])
    expect(latestLine(party.room().timeline)).toMatchObject({ positionSec: 0, playing: true })
  })

  it('[J3] the turn passes at the end or by a skip; who had it goes to the end of the line, or out of the booth', () => {
    const party = aRotation()
    party.passes(102_000)
    expect([current(party), ...booth(party)]).toEqual(['3', 'eve', 'dan'])
    party.asks('ann', { type: 'skip' })
    expect([current(party), ...booth(party)]).toEqual(['2', 'dan', 'eve'])
    party.asks('ann', { type: 'configure', settings: { cycle: false } })
    party.asks('ann', { type: 'skip' })
    expect([current(party), ...booth(party)]).toEqual(['4', 'eve'])
    party.asks('ann', { type: 'skip' })
    expect([current(party), ...booth(party)]).toEqual([undefined, undefined])
    expect(latestLine(party.room().timeline).playing).toBe(false)
  })

  it('[J4] who has nothing to play is passed over, keeps the place, and is on once there is something', () => {
    const party = aRotation()
    party.asks('gus', { type: 'join-booth' })
    party.asks('ann', { type: 'move-dj', memberId: party.called('gus').id, toIndex: 0 })
    party.asks('ann', { type: 'skip' })
    expect([current(party), ...booth(party)]).toEqual(['3', 'eve', 'gus', 'dan'])
    for (let n = 0; n < 3; n += 1) party.asks('ann', { type: 'skip' })
    expect(current(party)).toBeUndefined()
    adds(party, 'ann', 8)
    expect(current(party), 'ann takes no turns').toBeUndefined()
    adds(party, 'gus', 9)
    expect([current(party), booth(party)[0]]).toEqual(['9', 'gus'])
  })

  it('[J5] whoever leaves the booth or the room in the middle of the turn ends it', () => {
    const party = aRotation()
    party.asks('dan', { type: 'leave-booth' })
    expect([current(party), ...booth(party)]).toEqual(['3', 'eve'])
    party.asks('dan', { type: 'join-booth' })
    party.asks('eve', { type: 'leave' })
    expect([current(party), ...booth(party)]).toEqual(['2', 'dan'])
    party.asks('dan', { type: 'go-away' })
    expect(booth(party), 'a lost connection keeps the turn').toEqual(['dan'])
  })

  it('[J6] whose turn it is may skip; others need the right to', () => {
    const party = aRotation()
    party.asks('ann', { type: 'set-permissions', role: 'guest', permissions: ['dj'] })
    expect(party.asks('eve', { type: 'skip' })).toBe('host-controls')
    expect(party.asks('dan', { type: 'skip' })).toContain('media-changed')
    expect(booth(party)).toEqual(['eve', 'dan'])
  })

  it('[J7] into a line that is closed only who may manage it lets somebody', () => {
    const party = aRotation({ djsLocked: false })
    party.asks('ann', { type: 'configure', settings: { djsLocked: true } })
    expect(party.asks('gus', { type: 'join-booth' })).toBe('booth-locked')
    expect(party.asks('ann', { type: 'join-booth' })).toEqual(['booth-changed'])
    expect(party.asks('ann', { type: 'add-dj', memberId: party.called('gus').id })).toEqual(['booth-changed'])
    expect(party.asks('gus', { type: 'add-dj', memberId: party.called('gus').id })).toBe('not-allowed')
    expect(party.asks('gus', { type: 'join-booth' }), 'in it already').toEqual([])
  })

  it('[J8] who may manage it adds, moves and takes out, but only those below', () => {
    const party = aRotation()
    const dj = (type: 'add-dj' | 'remove-dj', name: string, by = 'ann') =>
      party.asks(by, { type, memberId: party.called(name).id })
    dj('add-dj', 'gus')
    expect(booth(party)).toEqual(['dan', 'eve', 'gus'])
    party.asks('ann', { type: 'move-dj', memberId: party.called('gus').id, toIndex: 0 })
    expect(booth(party)).toEqual(['dan', 'gus', 'eve'])
    expect(party.asks('ann', { type: 'move-dj', memberId: party.called('dan').id, toIndex: 0 })).toBe('no-such-member')
    dj('remove-dj', 'gus')
    expect(dj('remove-dj', 'gus')).toBe('no-such-member')
    party.asks('ann', { type: 'set-role', memberId: party.called('gus').id, role: 'moderator' })
    party.asks('ann', { type: 'set-role', memberId: party.called('eve').id, role: 'moderator' })
    expect(dj('remove-dj', 'eve', 'gus')).toBe('not-over-them')
    expect(dj('remove-dj', 'dan', 'gus')).toContain('media-changed')
    expect([current(party), ...booth(party)]).toEqual(['3', 'eve'])
  })

  it('[J9] what comes next follows from the turns', () => {
    const party = aRotation()
    expect(party.asks('ann', { type: 'play-now', itemId: idOf(party, 2) })).toBe('turns-decide')
    expect(party.asks('ann', { type: 'set-media', media: film(9) })).toBe('turns-decide')
    party.asks('eve', { type: 'queue-add', items: [film(2)] })
    expect(titles(party), 'two may bring the same').toEqual(['2', '3', '4', '2'])
  })

  it('[J10] in another mode nobody takes turns; what is current plays on', () => {
    const party = aRotation()
    expect(inMode(party, 'manual')).toEqual(['settings-changed', 'booth-changed'])
    expect([current(party), ...booth(party)]).toEqual(['1', undefined])
    party.passes(102_000)
    expect(current(party)).toBe('2')
  })
})
