/** The ways into a room, as frames of our own wire say them: passwords, invites, accounts, bans, and any open room. */
import { beforeEach, describe, expect, it } from 'vitest'
import type { RoomCommand } from '../../src/core/room/command'
import { createPasswordTries, LIMITS } from '../../src/server/limits'
import { createPasswords } from '../../src/server/passwords'
import { createManualClock, type ManualClock } from '../doubles/manual-clock'
import { type MemoryServer, type MemoryServerWishes, startMemoryServer } from '../doubles/memory-server'
import { createMemoryDisk, type MemoryDisk } from '../doubles/memory-store'
import { createPlainIdentities } from '../doubles/plain-identities'
import { plainPasswords } from '../doubles/plain-passwords'
import { createSeededRandom } from '../doubles/seeded-random'
import { createPeer, NEW_ROOM, type Peer, quiet, type Said } from './peer'

const PASSWORD = 'open sesame'
const HOUR_MS = 3600_000
const passwords = createPasswords({ N: 16, r: 1, p: 1 })

describe('the door of a room', () => {
  let clock: ManualClock
  let disk: MemoryDisk
  let server: MemoryServer

  const start = async (wishes: Partial<MemoryServerWishes> = {}): Promise<void> => {
    clock = createManualClock()
    disk = createMemoryDisk()
    const random = createSeededRandom(5)
    const identities = createPlainIdentities(random)
    server = await startMemoryServer({ clock, disk, random, identities, passwords, ...wishes })
  }
  beforeEach(() => start())

  const aRoom = async (create: object = {}, token?: string): Promise<{ host: Peer; code: string }> => {
    const door = { kind: 'new', create: { ...NEW_ROOM.create, ...create } }
    const { peer, answer } = await knock(door, { token, name: 'Anna' })
    return { host: peer, code: (answer['room'] as { code: string }).code }
  }
  /** What the door answers: the seat, or a refusal. */
  const knock = async (
    door: { code?: string; kind?: string; password?: string; invite?: string; create?: object },
    { token, address, ...who }: { token?: unknown; address?: string; name?: string; bot?: boolean } = {},
  ): Promise<{ peer: Peer; answer: Said; role?: unknown; name?: unknown }> => {
    const peer = createPeer(server.sessions, address)
    await peer.send({ type: 'hello', v: 1, ...(token === undefined ? {} : { token }) })
    const answer = await peer.ask({ type: 'enter', ask: 'in', door: { kind: 'code', ...door }, ...who })
    const members = (answer['room'] as { members: { id: string; role: string; shown: { name: string } }[] })?.members
    const self = members?.find(({ id }) => id === answer['memberId'])
    return { peer, answer, role: self?.role, name: self?.shown.name }
  }
  const command = (peer: Peer, command: RoomCommand): Promise<Said> => peer.ask({ type: 'command', ask: 'c', command })
  const question = (peer: Peer, question: object): Promise<Said> => peer.ask({ type: 'question', ask: 'q', question })
  const invite = async (host: Peer, role = 'member', forMs = HOUR_MS): Promise<{ invite: string; endsAtMs: number }> =>
    (await question(host, { type: 'make-invite', role, forMs }))['answer'] as { invite: string; endsAtMs: number }
  const memberIdOf = ({ answer }: { answer: Said }): string => String(answer['memberId'])

  describe('with a password', () => {
    it('[A11] says that it needs one, that it was wrong, and lets in who has it', async () => {
      const { code } = await aRoom({ password: PASSWORD })
      expect((await knock({ code })).answer).toMatchObject({ type: 'refused', code: 'password-needed' })
      expect((await knock({ code, password: 'sesame' })).answer).toMatchObject({ code: 'wrong-password' })
      expect((await knock({ code, password: PASSWORD })).answer).toMatchObject({
        type: 'entered',
        room: { settings: { locked: true } },
      })
    })

    it('[A11] can be set, changed and taken away later, by who may; who has a seat comes back without', async () => {
      const { host, code } = await aRoom()
      const ben = await knock({ code })
      expect(await command(ben.peer, { type: 'set-password', password: 'mine' })).toMatchObject({ code: 'not-allowed' })
      expect(await command(host, { type: 'set-password', password: PASSWORD })).toMatchObject({ type: 'done' })
      expect((await knock({ code })).answer).toMatchObject({ code: 'password-needed' })
      const token = ben.peer.last('welcome')['token']
      await ben.peer.hangUp()
      expect((await knock({ code }, { token })).answer).toMatchObject({ type: 'entered' })
      await command(host, { type: 'set-password', password: 'another' })
      expect((await knock({ code, password: PASSWORD })).answer).toMatchObject({ code: 'wrong-password' })
      await command(host, { type: 'set-password' })
      expect((await knock({ code })).answer).toMatchObject({ type: 'entered' })
    })

    it('[A11] is told to nobody: not to members, not to the store, not to the log', async () => {
      const { host, code } = await aRoom({ password: PASSWORD })
      await command(host, { type: 'set-password', password: 'another one' })
      const { peer } = await knock({ code, password: 'another one' })
      await knock({ code, password: 'third' })
      const stored = JSON.stringify([...disk.shelves.values()])
      for (const text of [JSON.stringify([host.said, peer.said]), stored, JSON.stringify(server.lines)]) {
        expect(text).not.toMatch(/open sesame|another one|third/)
      }
      expect(JSON.stringify([host.said, peer.said])).not.toContain('scrypt')
      expect(stored).toContain('scrypt')
    })

    it('[A11] one that is changed while it is looked at opens nothing any more', async () => {
      let open = (): void => {}
      const gate = new Promise<void>((resolve) => (open = resolve))
      let looks = 0
      await start({
        passwords: {
          ...plainPasswords,
          async matches(password, hash) {
            looks += 1
            if (looks === 1) await gate
            return plainPasswords.matches(password, hash)
          },
        },
      })
      const { host, code } = await aRoom({ password: PASSWORD })
      const knocking = knock({ code, password: PASSWORD })
      await quiet()
      expect(looks).toBe(1)
      await command(host, { type: 'set-password', password: 'another' })
      open()
      expect((await knocking).answer).toMatchObject({ code: 'wrong-password' })
      expect(looks).toBe(2)
    })

    it('[A17] who tries one after the other is told to wait, also with the right one; others are not', async () => {
      await start({ tries: createPasswordTries({ ...LIMITS, triesPerMinute: 2 }) })
      const { code } = await aRoom({ password: PASSWORD })
      const mallory = { address: '192.0.2.6' }
      for (const password of ['a', 'b']) {
        expect((await knock({ code, password }, mallory)).answer).toMatchObject({ code: 'wrong-password' })
      }
      expect((await knock({ code, password: PASSWORD }, mallory)).answer).toMatchObject({ code: 'too-many-tries' })
      for (let time = 0; time < 3; time++) {
        const honest = await knock({ code, password: PASSWORD }, { address: '192.0.2.7' })
        expect(honest.answer).toMatchObject({ type: 'entered' })
      }
    })
  })

  describe('with an invite', () => {
    it('[A13] opens a locked room, in the role that it says', async () => {
      const { host, code } = await aRoom({ password: PASSWORD })
      const [asMember, asGuest] = [await invite(host), await invite(host, 'guest')]
      expect(asMember.endsAtMs).toBe(clock.nowMs() + HOUR_MS)
      expect(await knock({ code, invite: asMember.invite })).toMatchObject({ role: 'member' })
      expect(await knock({ code, invite: asGuest.invite })).toMatchObject({ role: 'guest' })
    })

    it('[A13] ends with its time, with a new password, and when invites are revoked', async () => {
      const { host, code } = await aRoom({ password: PASSWORD })
      const short = await invite(host, 'member', 60_000)
      await clock.advance(30_000)
      await host.send({ type: 'ping', sentMs: 1 })
      expect((await knock({ code, invite: short.invite })).answer).toMatchObject({ type: 'entered' })
      await clock.advance(30_000)
      expect((await knock({ code, invite: short.invite })).answer).toMatchObject({ code: 'invite-over' })

      const second = await invite(host)
      await command(host, { type: 'revoke-invites' })
      expect((await knock({ code, invite: second.invite })).answer).toMatchObject({ code: 'invite-over' })
      const third = await invite(host)
      await command(host, { type: 'set-password', password: 'another' })
      expect((await knock({ code, invite: third.invite })).answer).toMatchObject({ code: 'invite-over' })
      expect((await knock({ code, invite: third.invite, password: 'another' })).answer).toMatchObject({
        type: 'entered',
      })
    })

    it('[A13] is good for its own room only, and not against a ban', async () => {
      const { host, code } = await aRoom({ password: PASSWORD })
      const other = await aRoom()
      const foreign = await invite(other.host)
      expect((await knock({ code, invite: foreign.invite })).answer).toMatchObject({ code: 'invite-over' })
      const own = await invite(host)
      const ben = await knock({ code, invite: own.invite }, { address: '192.0.2.9' })
      await command(host, { type: 'ban', memberId: memberIdOf(ben) })
      expect((await knock({ code, invite: own.invite }, { address: '192.0.2.9' })).answer).toMatchObject({
        code: 'banned',
      })
    })

    it('[A13] is made by who may set up the room, for a minute to 30 days', async () => {
      const { host, code } = await aRoom()
      const ben = await knock({ code })
      const wish = { type: 'make-invite', role: 'member', forMs: HOUR_MS }
      expect(await question(ben.peer, wish)).toMatchObject({ type: 'refused', code: 'not-allowed' })
      expect((await invite(host, 'guest', 0)).endsAtMs).toBe(clock.nowMs() + 60_000)
      expect((await invite(host, 'guest', 1e12)).endsAtMs).toBe(clock.nowMs() + 30 * 24 * HOUR_MS)
    })
  })

  describe('and accounts elsewhere', () => {
    it('[A14] whoever is vouched for is a member under the name they have there; their moderators moderate', async () => {
      const { code } = await aRoom({ settings: { guests: false } })
      expect((await knock({ code })).answer).toMatchObject({ code: 'guests-not-allowed' })
      expect(await knock({ code }, { token: 'account:Ada' })).toMatchObject({ role: 'member', name: 'Ada' })
      expect(await knock({ code }, { token: 'account:Eve:moderator' })).toMatchObject({
        role: 'moderator',
        name: 'Eve',
      })
    })

    it('[A14] where they are needed nobody comes in or starts a room without one, but for an invite', async () => {
      await start({ guests: false })
      const { host, code } = await aRoom({}, 'account:Ada')
      expect((await knock({ code })).answer).toMatchObject({ code: 'account-needed' })
      const stranger = createPeer(server.sessions)
      await stranger.send({ type: 'hello', v: 1 })
      await stranger.send({ type: 'enter', ask: 'in', door: NEW_ROOM })
      expect(stranger.last('refused')).toMatchObject({ code: 'account-needed' })
      expect(await question(stranger, { type: 'list-rooms' })).toMatchObject({ code: 'account-needed' })
      const { peer, answer } = await knock({ code, invite: (await invite(host)).invite })
      expect(answer).toMatchObject({ type: 'entered' })
      const token = peer.last('welcome')['token']
      await peer.hangUp()
      expect((await knock({ code }, { token })).answer).toMatchObject({ type: 'entered' })
    })
  })

  describe('for who had to go', () => {
    it('[A15] who was sent out is told why, and may come back', async () => {
      const { host, code } = await aRoom()
      const ben = await knock({ code })
      await command(host, { type: 'kick', memberId: memberIdOf(ben), reason: 'Too loud' })
      expect(ben.peer.last('unseated')).toMatchObject({ code: 'kicked', reason: 'Too loud' })
      expect(host.of('event').some(({ event }) => (event as Said).type === 'member-left')).toBe(true)
      const token = ben.peer.last('welcome')['token']
      expect((await knock({ code }, { token })).answer).toMatchObject({ type: 'entered' })
    })

    it('[A15] who is banned stays out by identity and by address, until its time, and is told why', async () => {
      const { host, code } = await aRoom()
      const ben = await knock({ code }, { address: '192.0.2.8' })
      const token = ben.peer.last('welcome')['token']
      await command(host, { type: 'ban', memberId: memberIdOf(ben), forMs: HOUR_MS, reason: 'Spam' })
      expect(ben.peer.last('unseated')).toMatchObject({ code: 'banned', reason: 'Spam' })
      const elsewhere = await knock({ code }, { token, address: '192.0.2.77' })
      expect(elsewhere.answer).toMatchObject({ code: 'banned', reason: 'Spam' })
      expect((await knock({ code }, { address: '192.0.2.8' })).answer).toMatchObject({ code: 'banned' })
      expect((await knock({ code }, { address: '192.0.2.77' })).answer).toMatchObject({ type: 'entered' })
      // The host would be taken for silent.
      for (let past = 0; past < HOUR_MS; past += 50_000) {
        await clock.advance(50_000)
        await host.send({ type: 'ping', sentMs: 1 })
      }
      expect((await knock({ code }, { token, address: '192.0.2.8' })).answer).toMatchObject({ type: 'entered' })
    })

    it('[A15] moderators see the bans and can lift one; no address is kept, and none is told', async () => {
      const { host, code } = await aRoom()
      const [ben, carl] = [await knock({ code }, { address: '192.0.2.8' }), await knock({ code })]
      await command(host, { type: 'ban', memberId: memberIdOf(ben), reason: 'Spam' })
      expect(await question(carl.peer, { type: 'list-bans' })).toMatchObject({ code: 'not-allowed' })
      const { bans } = (await question(host, { type: 'list-bans' }))['answer'] as { bans: { id: string }[] }
      expect(bans).toEqual([
        { id: expect.any(String), name: expect.any(String), byName: 'Anna', reason: 'Spam', atMs: clock.nowMs() },
      ])
      expect(JSON.stringify([...disk.shelves.values()])).not.toContain('192.0.2.8')
      await command(host, { type: 'unban', banId: bans[0]?.id ?? '' })
      expect((await knock({ code }, { address: '192.0.2.8' })).answer).toMatchObject({ type: 'entered' })
    })
  })

  describe('any that is open', () => {
    it('[S81] leads to the listed room with most people that lets one in, and says when there is none', async () => {
      expect((await knock({ kind: 'any' })).answer).toMatchObject({ code: 'no-open-room' })
      await aRoom()
      expect((await knock({ kind: 'any' })).answer).toMatchObject({ code: 'no-open-room' })
      const small = await aRoom({ settings: { listed: true } })
      const large = await aRoom({ settings: { listed: true, capacity: 3 } })
      await aRoom({ settings: { listed: true }, password: PASSWORD })
      await knock({ code: large.code })
      await clock.advance(1_000)
      const codes: unknown[] = []
      for (let come = 0; come < 2; come++) {
        codes.push(((await knock({ kind: 'any' })).answer['room'] as { code: string }).code)
      }
      expect(codes).toEqual([large.code, small.code])
    })

    it('[S81] the list is for who looks from outside, too, and has no private room in it', async () => {
      const hidden = await aRoom()
      const { host, code } = await aRoom({ settings: { listed: true, shown: { title: 'Film night' } } })
      const stranger = createPeer(server.sessions)
      await stranger.send({ type: 'hello', v: 1 })
      const list = async () =>
        ((await question(stranger, { type: 'list-rooms' }))['answer'] as { rooms: unknown[] }).rooms
      expect(await list()).toMatchObject([{ code, title: 'Film night', members: 1 }])
      expect(JSON.stringify(await list())).not.toContain(hidden.code)
      await command(host, { type: 'configure', settings: { listed: false } })
      expect(await list()).toEqual([])
      expect(await question(stranger, { type: 'list-bans' })).toMatchObject({ code: 'not-in-room' })
    })
  })

  it('[S82] a room is found by a name that it claimed, in any case; others can not claim it', async () => {
    const [{ host, code }, other] = [await aRoom(), await aRoom()]
    const claim = (peer: Peer, alias: string) => question(peer, { type: 'claim-alias', alias })
    expect(await claim(host, 'Movie-Night')).toMatchObject({ answer: { aliases: ['movie-night'] } })
    expect(await claim(host, 'movie-night')).toMatchObject({ answer: { aliases: ['movie-night'] } })
    expect(await claim(other.host, 'MOVIE-NIGHT')).toMatchObject({ code: 'alias-taken' })
    expect((await knock({ code: ' MOVIE-night' })).answer).toMatchObject({ type: 'entered', room: { code } })
    for (const bad of ['ab', 'with space', 'abc-def', other.code, 'x'.repeat(33), '__proto__!']) {
      expect(await claim(host, bad)).toMatchObject({ code: 'bad-alias' })
    }
    for (const alias of ['second', 'third-name', 'fourth', 'fifth-name']) await claim(host, alias)
    expect(await claim(host, 'sixth-name')).toMatchObject({ code: 'too-many' })
    const ben = await knock({ code })
    expect(await claim(ben.peer, 'bens')).toMatchObject({ code: 'not-allowed' })
    expect(await question(ben.peer, { type: 'release-alias', alias: 'movie-night' })).toMatchObject({
      code: 'not-allowed',
    })
    expect(await question(other.host, { type: 'release-alias', alias: 'movie-night' })).toMatchObject({
      answer: { aliases: [] },
    })
    await question(host, { type: 'release-alias', alias: 'movie-night' })
    expect((await knock({ code: 'movie-night' })).answer).toMatchObject({ code: 'no-such-room' })
    const { answer } = (await question(ben.peer, { type: 'list-aliases' })) as unknown as {
      answer: { aliases: string[] }
    }
    expect(answer.aliases.toSorted()).toEqual(['fifth-name', 'fourth', 'second', 'third-name'])
    expect(await claim(other.host, 'movie-night')).toMatchObject({ answer: { aliases: ['movie-night'] } })
  })

  it('[S86] a room that is not temporary outlives its people and a restart, with names, password and list', async () => {
    const { host, code } = await aRoom({ password: PASSWORD, settings: { temporary: false, listed: true } })
    await question(host, { type: 'claim-alias', alias: 'film-club' })
    const brief = await aRoom({ settings: { listed: true } })
    await Promise.all([host.hangUp(), brief.host.hangUp()])
    await clock.advance(24 * HOUR_MS)
    await server.stop()
    const random = createSeededRandom(6)
    server = await startMemoryServer({ clock, disk, random, identities: createPlainIdentities(random), passwords })
    expect((await knock({ code: brief.code })).answer).toMatchObject({ code: 'no-such-room' })
    const stranger = createPeer(server.sessions)
    await stranger.send({ type: 'hello', v: 1 })
    expect(await question(stranger, { type: 'list-rooms' })).toMatchObject({
      answer: { rooms: [{ code, locked: true }] },
    })
    expect((await knock({ code: 'film-club' })).answer).toMatchObject({ code: 'password-needed' })
    expect((await knock({ code: 'film-club', password: PASSWORD })).answer).toMatchObject({ type: 'entered' })
  })

  it('[S85] one address sets passwords at a pace, so that others need not wait at their doors', async () => {
    const { host } = await aRoom()
    const { host: other } = await aRoom()
    const codes: unknown[] = []
    for (let n = 0; n < 15; n += 1)
      for (const each of [host, other])
        codes.push((await command(each, { type: 'set-password', password: 'x' }))['code'])
    expect(codes.filter((code) => code === 'too-fast')).toHaveLength(10)
    await clock.advance(1_000)
    expect(await command(host, { type: 'set-password', password: 'x' })).toMatchObject({ type: 'done' })
  })

  it('[S89] there are only so many rooms that outlive their people, in all and from one address', async () => {
    let left = 3
    await start({ maxPermanent: 2, mayKeep: async () => left-- > 0 })
    const keep = { temporary: false }
    const first = await aRoom({ settings: keep })
    const second = await aRoom()
    expect(await command(second.host, { type: 'configure', settings: keep })).toMatchObject({ type: 'done' })
    expect((await knock({ kind: 'new', create: { ...NEW_ROOM.create, settings: keep } })).answer).toMatchObject({
      code: 'too-many-rooms',
    })
    left = 10
    const third = await aRoom()
    expect(await command(third.host, { type: 'configure', settings: keep })).toMatchObject({ code: 'too-many-rooms' })
    expect(await command(first.host, { type: 'configure', settings: keep })).toMatchObject({ type: 'done' })
    await command(first.host, { type: 'configure', settings: { temporary: true } })
    expect(await command(third.host, { type: 'configure', settings: keep })).toMatchObject({ type: 'done' })
    left = 0
    expect(await command(first.host, { type: 'configure', settings: keep })).toMatchObject({ code: 'too-many-rooms' })
  })

  it('[S88] a program that says so at the door is a member that says so', async () => {
    const { code } = await aRoom()
    const { answer } = await knock({ code }, { bot: true })
    expect((answer['room'] as { members: unknown[] }).members.at(-1)).toMatchObject({ bot: true })
  })
})
