import { describe, expect, it } from 'vitest'
import { COMMAND_MS, MAX_ASKED } from '../../src/client/asked-commands'
import type { RoomCommand } from '../../src/core/room/command'
import { type Refusal, refuse } from '../../src/core/room/refusal'
import { tableFor } from '../../src/core/room/role'
import { tuttiClient } from '../../src/dialects/index'
import { CREATE } from '../core/room/a-room'
import { settle } from '../doubles/manual-clock'
import { SERVER } from './a-client'
import { aWorld, QUICK } from './a-world'

const SILENCE_MS = tuttiClient.silenceMs ?? 0
const PLAY: RoomCommand = { type: 'play', positionSec: 10 }

/** Written down when it comes, so that a test can say when that is. */
function answerOf(asked: Promise<Refusal | undefined>): { readonly now: () => string } {
  let answer = 'none yet'
  const wait = async (): Promise<void> => {
    answer = (await asked)?.code ?? 'done'
  }
  void wait()
  return { now: () => answer }
}

describe('getting in', () => {
  it('[R1] starts a room and holds a copy of it', async () => {
    const { host, starts } = await aWorld()
    const ada = await starts()
    expect(ada.states.map(({ kind }) => kind)).toEqual(['connecting', 'in-room'])
    expect(ada.room()).toEqual(host.room(ada.seat().code))
  })

  it('[R2] a refusal at the door is shown and not tried again', async () => {
    const { time, life, network, someone } = await aWorld()
    const ada = someone()
    ada.client.enter({ server: SERVER, door: { kind: 'code', code: 'zzzzzz' } })
    await time.advance(60_000)
    expect(ada.client.state()).toEqual({ kind: 'outside', why: refuse('no-such-room') })
    expect(network.links).toHaveLength(1)
    expect(life.timersWaiting()).toBe(0)
  })

  it('[R3] a server that never answers is tried again and again, and one can tell', async () => {
    const { time, network, open, someone } = await aWorld()
    network.listen(undefined)
    const ada = someone()
    ada.client.enter({ server: SERVER, door: { kind: 'new', create: CREATE } })
    await time.advance(30_000)
    expect(ada.client.state()).toMatchObject({ kind: 'lost', everOpened: false })
    expect(network.links.length).toBeGreaterThan(5)
    open()
    await time.advanceUntil(ada.isIn, 16_000)
  })

  it('[R4] a way in that leads nowhere is given up after 15 s and tried again', async () => {
    const { time, network, open, someone } = await aWorld()
    network.listen((_, end) => {
      end.send('{"type":"weather"}')
      return { receive: () => end.send('{"type":"weather"}'), closed() {} }
    })
    const ada = someone()
    ada.client.enter({ server: SERVER, door: { kind: 'new', create: CREATE } })
    await time.advance(7_000)
    network.links[0]?.injectToClient('{"type":"weather"}')
    await time.advance(7_900)
    expect(ada.client.state().kind).toBe('connecting')
    await time.advance(200)
    expect(ada.client.state()).toMatchObject({ kind: 'lost', everOpened: true })
    open()
    await time.advanceUntil(ada.isIn, QUICK)
  })

  it('[R5] retryNow tries at once', async () => {
    const { time, network, open, someone } = await aWorld()
    network.listen(undefined)
    const ada = someone()
    ada.client.enter({ server: SERVER, door: { kind: 'new', create: CREATE } })
    await time.advance(40_000)
    const { retryAtMs } = ada.states.findLast((state) => state.kind === 'lost') ?? { retryAtMs: 0 }
    expect(retryAtMs - time.nowMs()).toBeGreaterThan(1_000)
    open()
    ada.client.retryNow()
    await time.advanceUntil(ada.isIn, 200)
  })
})

describe('coming back', () => {
  it('[R6] a lost socket is taken up again: the same seat, and only the events that were missed', async () => {
    const { time, host, starts, joins, network, inRoom } = await aWorld()
    const ada = await starts()
    const bo = await joins(ada.seat().code)
    const { memberId } = bo.seat()
    network.links[1]?.cut()
    expect(bo.client.state()).toMatchObject({ kind: 'lost', memberId, room: { code: ada.seat().code }, attempt: 1 })
    void ada.client.command(PLAY)
    await time.advance(100)
    await inRoom(bo)
    await time.advance(QUICK)
    expect(bo.seat().memberId).toBe(memberId)
    expect(bo.counts).toMatchObject({ snapshots: 1, resumes: 1 })
    expect(bo.room()).toEqual(host.room(ada.seat().code))
  })

  it('[R7] the first try comes within a quarter of a second', async () => {
    const { starts, lastLink, time } = await aWorld()
    const ada = await starts(() => 0.999)
    await time.advance(20_000)
    lastLink().cut()
    const state = ada.client.state()
    expect(state.kind === 'lost' && state.retryAtMs - time.nowMs()).toBeLessThanOrEqual(250)
  })

  it('[R8] a connection that does not hold is met with longer and longer waits, until one has held for 10 s', async () => {
    const { starts, lastLink, time, inRoom } = await aWorld()
    const ada = await starts()
    const attempts: number[] = []
    for (const heldMs of [11_000, 1_000, 1_000, 1_000, 11_000, 1_000]) {
      await time.advance(heldMs)
      lastLink().cut()
      const state = ada.client.state()
      if (state.kind === 'lost') attempts.push(state.attempt)
      await time.advance(QUICK)
      await inRoom(ada)
    }
    expect(attempts).toEqual([1, 2, 3, 4, 1, 2])
  })

  it('[R9] a server that goes down is met again when it asked for, not earlier', async () => {
    const { starts, host, time } = await aWorld()
    const ada = await starts()
    host.server.sessions.close(3_000)
    await time.advance(100)
    const state = ada.client.state()
    const waitMs = state.kind === 'lost' ? state.retryAtMs - time.nowMs() : 0
    expect(waitMs).toBeGreaterThan(2_800)
    expect(waitMs).toBeLessThanOrEqual(6_000)
  })

  it('[R10] a link that says nothing is given up after 8 s', async () => {
    const { starts, lastLink, time, inRoom, network } = await aWorld()
    const ada = await starts()
    const { memberId } = ada.seat()
    lastLink().goDead()
    await time.advance(SILENCE_MS - 600)
    expect(ada.isIn()).toBe(true)
    await time.advanceUntil(() => !ada.isIn(), 700)
    await inRoom(ada)
    expect(network.links).toHaveLength(2)
    expect(ada.seat().memberId).toBe(memberId)
  })

  it('[R11] a second life takes the same seat with what the first one kept', async () => {
    const { starts, someone, inRoom, host, lastLink } = await aWorld()
    const ada = await starts()
    const kept = JSON.parse(JSON.stringify(ada.seat()))
    lastLink().cut()
    ada.client.leave()
    const again = someone()
    again.client.comeBack(kept)
    await inRoom(again)
    expect(again.seat().memberId).toBe(kept.memberId)
    expect(host.room(kept.code)?.members).toHaveLength(1)
  })

  it('[R12] who loses the seat stays out', async () => {
    const { starts, someone, inRoom, network, time } = await aWorld()
    const ada = await starts()
    const other = someone()
    other.client.comeBack(ada.seat())
    await inRoom(other)
    await time.advance(60_000)
    expect(ada.client.state()).toEqual({ kind: 'outside', why: refuse('taken-over') })
    expect(ada.seats.at(-1)).toBeUndefined()
    expect(network.links).toHaveLength(2)
  })

  it('[R13] coming back to a room that was closed meanwhile ends outside, with the reason', async () => {
    const { someone, inRoom, joins, network, time } = await aWorld()
    const ada = someone()
    ada.client.enter({ server: SERVER, door: { kind: 'new', create: { ...CREATE, whenHostLeaves: 'close' } } })
    await inRoom(ada)
    const bo = await joins(ada.seat().code)
    network.links[1]?.goDead()
    ada.client.leave()
    await time.advance(SILENCE_MS + QUICK)
    expect(bo.client.state()).toEqual({ kind: 'outside', why: refuse('no-such-room') })
    expect(bo.seats.at(-1)).toBeUndefined()
  })

  it('[R14] a refusal that passes by itself does not end the visit of somebody who had a seat', async () => {
    const { starts, lastLink, network, open, time, inRoom } = await aWorld()
    const ada = await starts()
    network.listen((_, end) => ({
      receive() {
        end.send(JSON.stringify({ type: 'refused', ...refuse('too-many-joins') }))
      },
      closed() {},
    }))
    lastLink().cut()
    await time.advance(3_000)
    expect(ada.client.state()).toMatchObject({ kind: 'lost' })
    open()
    await time.advance(QUICK)
    await inRoom(ada)
  })
})

describe('the copy', () => {
  it('[R15] a hole in the numbers is mended by the whole room, without losing the seat', async () => {
    const { starts, lastLink, host, time, network } = await aWorld()
    const ada = await starts()
    const { epoch, rev } = ada.seat().seen
    const later = { type: 'event', epoch, rev: rev + 5, event: { type: 'control-changed', control: 'host' } }
    lastLink().injectToClient(JSON.stringify(later))
    expect(ada.room()?.permissions).toEqual(tableFor('everyone'))
    await time.advance(QUICK)
    expect(ada.counts).toMatchObject({ snapshots: 2, holes: 1 })
    expect(ada.room()).toEqual(host.room(ada.seat().code))
    expect(network.links).toHaveLength(1)
  })

  it('[R16] an event of another epoch is mended by the whole room', async () => {
    const { starts, lastLink, time } = await aWorld()
    const ada = await starts()
    const { rev } = ada.seat().seen
    const strange = { type: 'event', epoch: 'other', rev: rev + 1, event: { type: 'control-changed', control: 'host' } }
    lastLink().injectToClient(JSON.stringify(strange))
    await time.advance(QUICK)
    expect(ada.counts.snapshots).toBe(2)
    expect(ada.room()?.permissions).toEqual(tableFor('everyone'))
  })

  it('[R17] an event that is known already changes nothing', async () => {
    const { starts, lastLink } = await aWorld()
    const ada = await starts()
    const { epoch, rev } = ada.seat().seen
    const states = ada.states.length
    lastLink().injectToClient(
      JSON.stringify({ type: 'event', epoch, rev, event: { type: 'control-changed', control: 'host' } }),
    )
    expect(ada.states).toHaveLength(states)
  })

  it('[R18] each event is shown, and kept as what was seen last', async () => {
    const { starts, time } = await aWorld()
    const ada = await starts()
    const { rev } = ada.seat().seen
    void ada.client.command({ type: 'rename', name: 'Ada' })
    await time.advance(100)
    expect(ada.room()?.members[0]?.shown.name).toBe('Ada')
    expect(ada.seat().seen.rev).toBe(rev + 1)
  })
})

describe('commands', () => {
  it('[R19] are answered when they have been done, or refused', async () => {
    const { starts, joins, time } = await aWorld()
    const ada = await starts()
    const bo = await joins(ada.seat().code)
    const done = answerOf(ada.client.command({ type: 'set-control', control: 'host' }))
    await time.advance(30)
    expect(done.now()).toBe('none yet')
    await time.advance(30)
    expect(done.now()).toBe('done')
    const refused = answerOf(bo.client.command(PLAY))
    await time.advance(60)
    expect(refused.now()).toBe('host-controls')
  })

  it('[R20] asked while the connection is lost, they wait for it and go out in order', async () => {
    const { starts, lastLink, time, host } = await aWorld()
    const ada = await starts()
    lastLink().cut()
    const answers = (['Ada', 'Bo', 'Cy'] as const).map((name) => answerOf(ada.client.command({ type: 'rename', name })))
    await time.advance(QUICK)
    expect(answers.map((answer) => answer.now())).toEqual(['done', 'done', 'done'])
    expect(host.commands).toEqual(['Ada', 'Bo', 'Cy'].map((name) => ({ type: 'rename', name })))
  })

  it('[R21] that could not be sent within 5 s are refused, and never sent', async () => {
    const { starts, network, open, lastLink, time, host, inRoom } = await aWorld()
    const ada = await starts()
    network.listen(undefined)
    lastLink().cut()
    const answer = answerOf(ada.client.command(PLAY))
    await time.advance(COMMAND_MS - 1)
    expect(answer.now()).toBe('none yet')
    await time.advance(1)
    expect(answer.now()).toBe('no-answer')
    open()
    await time.advance(30_000)
    await inRoom(ada)
    expect(host.commands).toEqual([])
  })

  it('[R22] on the way when the connection was lost are refused, and not sent twice', async () => {
    const { starts, lastLink, time, host, inRoom } = await aWorld()
    const ada = await starts()
    const answer = answerOf(ada.client.command(PLAY))
    await time.advance(25)
    lastLink().cut()
    await settle()
    expect(answer.now()).toBe('no-answer')
    await time.advance(QUICK)
    await inRoom(ada)
    expect(host.commands).toEqual([PLAY])
  })

  it('[R23] too many without an answer are refused at once', async () => {
    const { starts, lastLink } = await aWorld()
    const ada = await starts()
    lastLink().cut()
    const answers = Array.from({ length: MAX_ASKED + 1 }, () => answerOf(ada.client.command(PLAY)))
    await settle()
    expect(answers.map((answer) => answer.now()).filter((code) => code === 'too-fast')).toHaveLength(1)
  })

  it('[R24] outside a room are refused at once', async () => {
    const { someone } = await aWorld()
    expect(await someone().client.command(PLAY)).toEqual(refuse('not-in-room'))
  })
})

describe('leaving', () => {
  it('[R25] gives up the seat, then closes the socket', async () => {
    const { starts, joins, time, host, network } = await aWorld()
    const ada = await starts()
    const bo = await joins(ada.seat().code)
    const { code } = bo.seat()
    bo.client.leave()
    expect(bo.client.state()).toEqual({ kind: 'outside' })
    expect(bo.seats.at(-1)).toBeUndefined()
    await time.advance(100)
    expect(host.room(code)?.members).toHaveLength(1)
    expect(network.links[1]?.isOpen()).toBe(false)
  })

  it('[R26] closes the socket after a second if no answer comes', async () => {
    const { starts, time, life, lastLink } = await aWorld()
    const ada = await starts()
    lastLink().goDead()
    ada.client.leave()
    await time.advance(990)
    expect(life.timersWaiting()).toBeGreaterThan(0)
    await time.advance(50)
    expect(life.timersWaiting()).toBe(0)
  })

  it('[R27] while the connection is lost just stops coming back', async () => {
    const { starts, time, network, lastLink } = await aWorld()
    const ada = await starts()
    lastLink().cut()
    ada.client.leave()
    await time.advance(60_000)
    expect(network.links).toHaveLength(1)
    expect(ada.client.state()).toEqual({ kind: 'outside' })
  })

  it('[R28] going into another room leaves the first', async () => {
    const { starts, time, host, inRoom } = await aWorld()
    const ada = await starts()
    const first = ada.seat().code
    ada.client.enter({ server: SERVER, door: { kind: 'new', create: CREATE } })
    await inRoom(ada)
    await time.advance(100)
    expect(host.room(first)?.members).toHaveLength(0)
    expect(ada.room()?.code).not.toBe(first)
  })

  it('[R29] nothing is left running', async () => {
    const { starts, time, life } = await aWorld()
    const ada = await starts()
    ada.client.leave()
    await time.advance(1_100)
    expect(life.timersWaiting()).toBe(0)
  })
})

describe('clock and reports', () => {
  it('[R30] knows server time within its own bound, and tells the server its path', async () => {
    let turn = 0
    const jitter = (): number => 30 + ((turn++ * 7919) % 25)
    const { starts, time, host } = await aWorld({ upMs: jitter, downMs: jitter })
    const ada = await starts()
    await time.advance(5_000)
    const estimate = ada.client.clock()
    expect(Math.abs((estimate?.offsetMs ?? 0) - 7_000_000)).toBeLessThanOrEqual(estimate?.uncertaintyMs ?? 0)
    expect(Math.abs((estimate?.offsetMs ?? 0) - 7_000_000)).toBeLessThan(10)
    expect(host.pathsMs.at(-1)).toBeGreaterThan(30)
    expect(host.pathsMs.at(-1)).toBeLessThan(80)
  })

  it('[R31] begins a new estimate with each connection, and keeps the old one until it has', async () => {
    const { starts, time, lastLink, inRoom } = await aWorld()
    const ada = await starts()
    await time.advance(5_000)
    expect(ada.client.clock()?.samples).toBeGreaterThan(10)
    lastLink().cut()
    expect(ada.client.clock()?.samples).toBeGreaterThan(10)
    await time.advanceUntil(() => (ada.client.clock()?.samples ?? 0) === 1, QUICK)
    await inRoom(ada)
  })

  it('[R32] hears from the server more often than once a second', async () => {
    const { starts, time } = await aWorld()
    const ada = await starts()
    const before = ada.counts.frames
    await time.advance(10_000)
    expect(ada.counts.frames - before).toBeGreaterThan(15)
  })

  it('[R33] tells its player’s report, and hears those of others', async () => {
    const { starts, joins, time } = await aWorld()
    const ada = await starts()
    const bo = await joins(ada.seat().code)
    const report = { positionSec: 5, skewMs: -12, state: 'playing' } as const
    ada.client.report(report)
    await time.advance(100)
    expect(bo.reports).toEqual([{ [ada.seat().memberId]: report }])
  })
})
