/** The way into a room of another system, through the browser's leave for its site. */
import { beforeEach, describe, expect, it } from 'vitest'
import { createForeignWayIn } from '../../src/background/foreign-way-in'
import type { RoomClient } from '../../src/client/room-client'
import type { Problem } from '../../src/messages/background-to-popup'
import type { ForeignWish } from '../../src/messages/foreign-wish'
import { settle } from '../doubles/manual-clock'

const WISH: ForeignWish = { system: 'opentogethertube', server: 'tube.example', room: 'movies', name: 'Momo' }

type Entered = Parameters<RoomClient['enter']>[0]
let allowed: Set<string>
let entered: Entered[]
let problems: (Problem | undefined)[]
let way: ReturnType<typeof createForeignWayIn>

beforeEach(() => {
  allowed = new Set()
  entered = []
  problems = []
  way = createForeignWayIn({
    client: { enter: (wish) => entered.push(wish), state: () => ({ kind: 'outside' }) },
    driver: { drive() {} },
    keys: { hydrate: async () => {}, at: () => undefined, keep() {} },
    siteAllowed: async (pattern) => allowed.has(pattern),
    knows: (system) => system !== 'unheard',
    keepName() {},
    setProblem: (problem) => problems.push(problem),
  })
})

const yes = () => allowed.add('https://tube.example/*')

describe('a wish to enter', () => {
  it('[B50] goes through at once where no leave is needed', () => {
    way.join(7, WISH, false)
    expect(entered).toEqual([
      {
        dialect: 'opentogethertube',
        server: 'https://tube.example',
        door: { kind: 'code', code: 'movies' },
        name: 'Momo',
      },
    ])
  })

  it('[B50] waits for leave, which may come without a popup', async () => {
    way.join(7, WISH, true)
    way.sitesChanged()
    await settle()
    expect(entered).toEqual([])
    yes()
    way.sitesChanged()
    await settle()
    expect(entered).toHaveLength(1)
    way.siteAsked()
    await settle()
    expect(entered).toHaveLength(1)
  })

  it('[B50] ends with a no, which is told; a later yes for something else enters nothing', async () => {
    way.join(7, WISH, true)
    way.siteAsked()
    await settle()
    expect(problems.at(-1)).toEqual({ kind: 'site-denied', host: 'tube.example' })
    yes()
    way.sitesChanged()
    await settle()
    expect(entered).toEqual([])
  })

  it('[B50] needs a room or an invite, and a system that can be spoken', () => {
    way.join(7, { ...WISH, room: ' ' }, false)
    way.join(7, { ...WISH, system: 'unheard' }, false)
    expect(entered).toEqual([])
    expect(problems.map((problem) => problem?.kind)).toEqual(['not-understood', 'not-understood'])
    way.join(7, { ...WISH, room: '', invite: 'signed' }, false)
    expect(entered).toMatchObject([{ door: { kind: 'code', code: '', invite: 'signed' } }])
  })
})
