/** The line to one's own person, on a network in memory with the real server. */
import { describe, expect, it } from 'vitest'
import { createPersonLine, type PersonLineState } from '../../src/client/person-line'
import type { OwnPerson } from '../../src/core/person/person'
import { tuttiClient } from '../../src/dialects'
import { SERVER } from './a-client'
import { aWorld, QUICK } from './a-world'

type World = Awaited<ReturnType<typeof aWorld>>

function aLine({ time, life, network }: World) {
  const states: PersonLineState[] = []
  const tokens: string[] = []
  const line = createPersonLine({
    timers: life.timers,
    clock: time,
    openSocket: network.openSocket,
    random: { float: () => 0.5, uuid: () => 'uuid' },
    dialect: tuttiClient,
    askInRoom: () => false,
    onToken: (_, token) => tokens.push(token),
    onChange: () => states.push(line.state()),
    onFrame() {},
  })
  const known = (): OwnPerson | undefined => {
    const state = line.state()
    return state.kind === 'open' ? state.known.person : undefined
  }
  return { line, states, tokens, known, isOpen: () => line.state().kind === 'open' }
}

async function anOpenLine(world: World, token?: string) {
  const own = aLine(world)
  own.line.be({ server: SERVER, ...(token !== undefined && { token }) })
  await world.time.advanceUntil(own.isOpen, QUICK)
  return own
}

/** Waits for an answer on a clock that is turned by hand. */
async function answered<Answer>({ time }: World, asked: Promise<Answer>): Promise<Answer> {
  let done: { readonly answer: Answer } | undefined
  const wait = async () => {
    done = { answer: await asked }
  }
  void wait()
  await time.advanceUntil(() => done !== undefined, 10_000)
  if (!done) throw new Error('there is no answer')
  return done.answer
}

const create = (name: string) => ({ type: 'playlist-create', name }) as const

describe('the line', () => {
  it('[YE35] knows the person as soon as it is there, and tells who one is', async () => {
    const own = await anOpenLine(await aWorld())
    expect(own.states.map(({ kind }) => kind)).toEqual(['asking', 'open'])
    expect(own.tokens).toHaveLength(1)
    expect(own.known()).toMatchObject({ rev: 0, friends: [] })
  })

  it('[YE35] two of one person hear the same; what was done is known before it is answered', async () => {
    const world = await aWorld()
    const one = await anOpenLine(world)
    const other = await anOpenLine(world, one.tokens[0])
    expect(await answered(world, one.line.command(create('Friday')))).toBeUndefined()
    expect(one.known()?.playlists).toHaveLength(1)
    await world.time.advance(QUICK)
    expect(other.known()).toEqual(one.known())
  })

  it('[YE36] is taken up again when it is lost, as the same person, who is shown as last known meanwhile', async () => {
    const world = await aWorld()
    const own = await anOpenLine(world)
    await answered(world, own.line.command(create('Friday')))
    const before = own.known()
    world.lastLink().cut()
    expect(own.line.state()).toEqual({ kind: 'lost', known: { person: before, friends: [] } })
    await world.time.advanceUntil(own.isOpen, QUICK)
    expect(own.known()).toEqual(before)
  })

  it('[YE36] waits grow while the server is away; one can have it tried at once', async () => {
    const world = await aWorld()
    const own = await anOpenLine(world)
    world.network.listen(undefined)
    world.lastLink().cut()
    await world.time.advance(60_000)
    const tried = world.network.links.length
    expect(tried).toBeLessThan(20)
    world.open()
    own.line.retryNow()
    await world.time.advanceUntil(own.isOpen, 500)
  })

  it('[YE36] a link that goes silent is given up', async () => {
    const world = await aWorld()
    const own = await anOpenLine(world)
    world.lastLink().goDead()
    await world.time.advanceUntil(() => own.line.state().kind === 'lost', 10_000)
    await world.time.advanceUntil(own.isOpen, QUICK)
  })

  it('[YE37] what does not follow on what is known is mended by the whole person', async () => {
    const world = await aWorld()
    const own = await anOpenLine(world)
    await answered(world, own.line.command(create('Friday')))
    const { epoch, rev } = own.known() ?? {}
    const event = { type: 'history-cleared' }
    const told = (numbered: object) =>
      world.lastLink().injectToClient(JSON.stringify({ type: 'person', heard: { type: 'event', numbered } }))
    told({ epoch, rev: (rev ?? 0) + 5, event })
    told({ epoch: 'another', rev: 1, event })
    told({ epoch, rev, event })
    await world.time.advance(QUICK)
    expect(own.known()?.rev).toBe(rev)
    expect(own.states.filter(({ kind }) => kind === 'open').length).toBeGreaterThan(2)
  })

  it('[YE38] what is asked is answered once: done, refused, or never known', async () => {
    const world = await aWorld()
    const own = aLine(world)
    own.line.be({ server: SERVER })
    expect(await own.line.command(create('Too early'))).toMatchObject({ code: 'no-answer' })
    await world.time.advanceUntil(own.isOpen, QUICK)
    const none = { type: 'playlist-delete', playlistId: 'none' } as const
    expect(await answered(world, own.line.command(none))).toMatchObject({ code: 'no-such-playlist' })
    const lost = own.line.command(create('On the way'))
    world.lastLink().cut()
    expect(await lost).toMatchObject({ code: 'no-answer' })
    await world.time.advanceUntil(own.isOpen, QUICK)
    world.lastLink().goDead()
    const many = Array.from({ length: 33 }, (_, n) => own.line.command(create(`List ${n}`)))
    expect(await many[32]).toMatchObject({ code: 'too-fast' })
    expect(await answered(world, many[0] ?? Promise.resolve(undefined))).toMatchObject({ code: 'no-answer' })
  })

  it('[YE38] everything that is kept is handed over', async () => {
    const world = await aWorld()
    const own = await anOpenLine(world)
    await answered(world, own.line.command(create('Friday')))
    const exported = await answered(world, own.line.exportAll())
    expect('person' in exported && exported.person.own).toEqual(own.known())
  })

  it('[YE39] hung up, nothing is left running; the same wish again changes nothing', async () => {
    const world = await aWorld()
    const own = await anOpenLine(world)
    own.line.be({ server: SERVER })
    own.line.be({ server: SERVER, token: own.tokens[0] ?? '' })
    expect(world.network.links).toHaveLength(1)
    own.line.be(undefined)
    expect(own.line.state()).toEqual({ kind: 'closed' })
    await world.time.advance(QUICK)
    expect(world.life.timersWaiting()).toBe(0)
    expect(world.lastLink().isOpen()).toBe(false)
  })
})
