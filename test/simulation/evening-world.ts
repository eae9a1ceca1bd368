/**
 * An evening of people who watch together, on a manual clock: the real server, real clients on paths and clocks of their own,
 * real drives on simulated players. It goes in rounds: some trouble, perhaps an act of somebody, then time to come to rest.
 * Everything that chance decides comes from one seed.
 */
import type { NumberedEvent } from '../../src/core/room/event'
import { type MemberId, memberOf, type PublicRoom } from '../../src/core/room/room'
import { lineAt, positionAt } from '../../src/core/timeline'
import { SERVER } from '../client/a-client'
import { CREATE } from '../core/room/a-room'
import { createManualClock } from '../doubles/manual-clock'
import { createMortalServer, SERVER_AHEAD_MS } from '../doubles/mortal-server'
import { createSeededRandom } from '../doubles/seeded-random'
import { type Act, actAt } from './evening-hands'
import { createEveningMember, type EveningMember, FILM_SEC, type Said } from './evening-member'
import { someTalk } from './evening-talk'
import { CHROMIUM_PLANT, FIREFOX_PLANT } from './plant'

const NAMES = ['Ada', 'Ben', 'Cleo', 'Dan'] as const
const LATE = 'Dan'

const TROUBLES = [
  'none',
  'cut',
  'dead link',
  'outage',
  'restart',
  'hiccup',
  'stall',
  'long stall',
  'lost while stalled',
  'comes',
  'goes',
  'patience',
] as const
/** Only a player that runs can stall. */
const STALLS: readonly string[] = ['hiccup', 'stall', 'long stall', 'lost while stalled']
export type Trouble = (typeof TROUBLES)[number]

/** What a run was made of, so that a run in which nothing happened can't pass for one. */
export type Happened = Record<Trouble | 'acts' | 'talk' | 'waits' | 'running' | 'standing', number>

export function nothingYet(): Happened {
  const counts = { acts: 0, talk: 0, waits: 0, running: 0, standing: 0 }
  return { ...counts, ...(Object.fromEntries(TROUBLES.map((trouble) => [trouble, 0])) as Record<Trouble, number>) }
}

/** Where a player truly was, against the room. */
export type Look = { readonly who: string; readonly playing: boolean; readonly offMs: number }

export type Round = {
  readonly trouble: Trouble
  /** Whom the trouble was with. */
  readonly memberId: MemberId
  readonly act: (Act & { readonly by: string; readonly memberId: MemberId }) | undefined
  /** All that was said in somebody's name. */
  readonly said: readonly (Said & { readonly by: string })[]
  /** What happened in the room. */
  readonly events: readonly NumberedEvent[]
  /** Not if the room's patience with them was used up lately. */
  readonly mayBeWaitedFor: boolean
  /** For whom each member heard that the room waits. */
  readonly heardWaitingFor: readonly (readonly MemberId[])[]
  /** The rest is how things were when they had come to rest. */
  readonly isPlaying: boolean
  readonly room: PublicRoom
  readonly copies: readonly (PublicRoom | undefined)[]
  /** All players, moment by moment. */
  readonly looks: readonly (readonly Look[])[]
  readonly seeksAtRest: number
}

/** From the end of the trouble, or from when everybody is back: more than the 4 s in which the follower mends. */
const REST_MS = 7_000
/** A player's first stream is not believed for 12 s; then 4 s to mend. */
const FRESH_FOR_MS = 16_000
const LOOK_FOR_MS = 2_000
const LOOK_EVERY_MS = 100
const COMES_BACK_WITHIN_MS = 60_000

export async function createEvening(seed: number, happened: Happened) {
  const random = createSeededRandom(seed)
  /** Of its own, so that talk changes nothing else of an evening. */
  const talkative = createSeededRandom(seed + 1_000_000)
  const time = createManualClock()
  const server = createMortalServer(time, random)
  const everybody: EveningMember[] = []
  let members: EveningMember[] = []

  const newMember = (name: string): EveningMember => {
    const pathMs = random.between(3, 120)
    const member = createEveningMember(
      {
        name,
        kind: random.pick([CHROMIUM_PLANT, FIREFOX_PLANT]),
        upMs: pathMs,
        downMs: Math.max(3, pathMs + random.between(-20, 20)),
        jitterMs: random.between(0, 40),
        clockAheadMs: random.between(-1e6, 1e6),
        clockPpm: random.between(-50, 50),
        outputPpm: random.between(-50, 50),
      },
      time,
      random,
    )
    server.serve(member.network)
    members = [...members, member]
    everybody.push(member)
    return member
  }

  const room = (): PublicRoom => {
    const now = server.room()
    if (!now) throw new Error('there is no room')
    return now
  }
  const serverMs = (): number => time.nowMs() + SERVER_AHEAD_MS
  const lineNow = () => lineAt(room().timeline, serverMs())
  const roomSec = (): number => positionAt(lineNow(), serverMs())
  const events = (afterRev: number): NumberedEvent[] => {
    const [shelf] = server.disk.shelves.values()
    return (shelf?.events ?? []).filter(({ rev }) => rev > afterRev)
  }
  const goesIn = (member: EveningMember): void =>
    member.client.enter({ server: SERVER, door: { kind: 'code', code: room().code }, name: member.name })

  /** Answers for how long it lasts. */
  const begin = async (trouble: Trouble, who: EveningMember): Promise<number> => {
    switch (trouble) {
      case 'none':
        return 0
      case 'cut':
        who.network.cutAll()
        return 0
      case 'dead link':
        who.network.links.at(-1)?.goDead()
        return 8_000
      case 'outage': {
        const forMs = random.between(500, 9_000)
        server.unserve(who.network)
        who.network.cutAll()
        time.after(forMs, () => server.serve(who.network))
        return forMs
      }
      case 'restart':
        await server.stop()
        await time.advance(random.between(0, 5_000))
        await server.start()
        return 0
      case 'hiccup':
      case 'stall':
      case 'long stall': {
        const [from, to] = { hiccup: [100, 600], stall: [1_500, 7_000], 'long stall': [11_500, 14_000] }[trouble]
        const forMs = random.between(from ?? 0, to ?? 0)
        who.player().plant.stall(forMs)
        return forMs
      }
      case 'lost while stalled': {
        const forMs = random.between(2_000, 7_000)
        who.player().plant.stall(forMs)
        await time.advance(random.between(1_000, 1_900))
        who.network.links.at(-1)?.goDead()
        return forMs + 8_000
      }
      case 'comes':
        goesIn(newMember(LATE))
        return 0
      case 'goes':
        members = members.filter((member) => member !== who)
        who.leave()
        return 0
      case 'patience': {
        const mostSec = random.pick([0, 5, 30])
        void host()?.client.command({ type: 'set-patience', patience: { mostSec, reasons: ['buffering'] } })
        return 0
      }
    }
  }

  const pickTrouble = (): Trouble => {
    const trouble = random.pick(TROUBLES)
    if (STALLS.includes(trouble) && !lineNow().playing) return 'none'
    if (trouble === 'comes' && members.some(({ name }) => name === LATE)) return 'none'
    if (trouble === 'goes' && members.length < 3) return 'none'
    return trouble
  }
  const host = (): EveningMember | undefined => {
    const id: MemberId | undefined = room().members.find(({ role }) => role === 'host')?.id
    return members.find((member) => member.id() === id)
  }
  const someone = (): EveningMember => random.pick(members as [EveningMember, ...EveningMember[]])

  const isAtHome = (): boolean =>
    members.every((each) => {
      const copy = each.room()
      return copy?.rev === room().rev && copy.epoch === room().epoch && each.isDriven()
    })

  /** At other rates than 1 a fresh stream never runs evenly enough to be believed early. */
  const freshStreams = (): Promise<void> => {
    const overMs = Math.max(...members.map((member) => member.playsSinceMs())) + FRESH_FOR_MS
    return time.advance(Math.max(0, overMs - time.nowMs()))
  }

  const somebodyActs = async (): Promise<Round['act']> => {
    await time.advance(random.between(0, 4_000))
    const by = someone()
    if (!by.isDriven()) return undefined
    happened.acts += 1
    return { ...actAt(by.player(), time, random), by: by.name, memberId: by.id() }
  }

  const peopleTalk = (): void => {
    for (let times = talkative.between(0, 5); times > 0; times -= 1) {
      const by = talkative.pick(members as [EveningMember, ...EveningMember[]])
      void by.client.command(someTalk(talkative, room()))
      happened.talk += 1
    }
  }

  const look = async (): Promise<Look[][]> => {
    const looks: Look[][] = []
    for (let ms = 0; ms < LOOK_FOR_MS; ms += LOOK_EVERY_MS) {
      await time.advance(LOOK_EVERY_MS)
      const [sec, { rate }] = [roomSec(), lineNow()]
      looks.push(
        members.map((member) => {
          const { positionSec, playing } = member.player().plant.truth()
          return { who: member.name, playing, offMs: ((positionSec - sec) * 1000) / rate }
        }),
      )
    }
    return looks
  }

  await server.start()
  const [ada, ...others] = NAMES.filter((name) => name !== LATE).map(newMember)
  if (!ada) throw new Error('nobody is here')
  const media = { durationSec: FILM_SEC, content: { address: 'https://film.example/1', title: 'A film' } }
  const door = { kind: 'new', create: { ...CREATE, media, positionSec: 100, playing: true } } as const
  ada.client.enter({ server: SERVER, door, name: ada.name })
  await time.advanceUntil(ada.isIn, 5_000)
  for (const other of others) goesIn(other)
  await time.advanceUntil(isAtHome, 5_000)
  await time.advance(REST_MS)

  return {
    errors: server.errors,
    async round(): Promise<Round> {
      const { rev } = room()
      const trouble = pickTrouble()
      const who = trouble === 'goes' ? (host() ?? someone()) : someone()
      const memberId = who.id()
      const { notWaitedForUntilMs = 0 } = memberOf(room(), memberId) ?? {}
      const mayBeWaitedFor = serverMs() >= notWaitedForUntilMs && room().patience.mostSec > 0
      const saidBefore = new Map(everybody.map((member) => [member, member.said.length]))
      for (const member of members) member.waitedFor.clear()
      happened[trouble] += 1
      const lastsMs = await begin(trouble, who)
      peopleTalk()
      const act = random.float() < 0.6 ? await somebodyActs() : undefined
      await time.advance(lastsMs + 1_000)
      await time.advanceUntil(isAtHome, COMES_BACK_WITHIN_MS)
      await time.advance(REST_MS)
      if (lineNow().rate !== 1) await freshStreams()
      const restMs = time.nowMs()
      const looks = await look()
      const isPlaying = lineNow().playing
      happened[isPlaying ? 'running' : 'standing'] += 1
      return {
        trouble,
        memberId,
        act,
        said: everybody.flatMap((member) =>
          member.said.slice(saidBefore.get(member) ?? 0).map((said) => ({ ...said, by: member.name })),
        ),
        events: events(rev),
        mayBeWaitedFor,
        heardWaitingFor: members.map((member) => [...member.waitedFor]),
        isPlaying,
        room: room(),
        copies: members.map((member) => member.room()),
        looks,
        seeksAtRest: members.reduce((sum, member) => sum + member.seeksSince(restMs), 0),
      }
    },
    async end() {
      for (const member of members) member.leave()
      await time.advance(5_000)
    },
  }
}
