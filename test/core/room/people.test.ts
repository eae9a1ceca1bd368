import { describe, expect, it } from 'vitest'
import type { MediaWish, RoomCommand } from '../../../src/core/room/command'
import { completeRoom } from '../../../src/core/room/complete'
import { controlOf, may } from '../../../src/core/room/permissions'
import { PERMISSIONS, type Role, TABLE_ROLES, tableFor, withControl } from '../../../src/core/room/role'
import { hostOf, ROOM_LIMITS, type Room } from '../../../src/core/room/room'
import { MAX_LENGTH_TO_CLIENT } from '../../../src/dialects/tutti/frames'
import { LIMITS } from '../../../src/server/limits'
import { type ARoom, aRoom, read } from './a-room'

/** ann is host, mia moderator, meg member, gus guest. */
function aParty(create: Parameters<typeof aRoom>[0] = {}): ARoom {
  const party = aRoom(create)
  for (const name of ['ann', 'mia', 'meg', 'gus']) party.joins(name)
  gives(party, 'mia', 'moderator')
  gives(party, 'meg', 'member')
  return party
}

function gives(party: ARoom, name: string, role: Role): string[] | string {
  return party.asks('ann', { type: 'set-role', memberId: party.called(name).id, role })
}

const comes = (party: ARoom, identity: string): string[] | string =>
  read(party.ask({ type: 'join', name: identity, dialect: 'tutti' }, { kind: 'identity', identity }))

describe('roles', () => {
  it('[O1] who comes in is a guest, a member if vouched for, or what the invite says; a role given here is kept', () => {
    const party = aRoom()
    party.joins('ann')
    expect(party.joins('gus').role).toBe('guest')
    party.verified = { vouched: true }
    expect(party.joins('vic').role).toBe('member')
    party.verified = { invited: 'member' }
    expect(party.joins('ina').role).toBe('member')
    party.verified = { invited: 'guest' }
    expect(party.joins('ian').role).toBe('guest')
    gives(party, 'gus', 'moderator')
    gives(party, 'vic', 'guest')
    for (const name of ['gus', 'vic']) party.asks(name, { type: 'leave' })
    party.verified = { vouched: true }
    expect(party.joins('gus').role).toBe('moderator')
    expect(party.joins('vic').role).toBe('guest')
  })

  it('[O1] only the last 200 roles are kept', () => {
    const party = aRoom()
    party.joins('ann')
    for (let n = 0; n < 201; n += 1) {
      party.joins(`p${n}`)
      gives(party, `p${n}`, 'member')
      party.asks(`p${n}`, { type: 'leave' })
    }
    expect(Object.keys(party.whole().serverOnly.roleByIdentity)).toHaveLength(200)
    expect(party.joins('p0').role).toBe('guest')
    expect(party.joins('p200').role).toBe('member')
  })

  it('[O5] somebody above gives any role below the own', () => {
    const party = aParty()
    const gus = party.called('gus').id
    expect(party.asks('mia', { type: 'set-role', memberId: gus, role: 'member' })).toEqual(['role-changed'])
    expect(party.asks('mia', { type: 'set-role', memberId: gus, role: 'moderator' })).toBe('not-over-them')
    expect(party.asks('meg', { type: 'set-role', memberId: gus, role: 'guest' })).toBe('not-allowed')
    expect(party.asks('mia', { type: 'set-role', memberId: 'nobody', role: 'guest' })).toBe('no-such-member')
    expect(gives(party, 'gus', 'member')).toEqual([])
  })

  it('[O6] the host passes the role on, and is a moderator then', () => {
    const party = aParty()
    party.ask({ type: 'join', name: 'bot', dialect: 'tutti', bot: true }, { kind: 'identity', identity: 'bot' })
    expect(party.asks('mia', { type: 'set-role', memberId: party.called('gus').id, role: 'host' })).toBe('host-only')
    expect(gives(party, 'bot', 'host')).toBe('not-allowed')
    party.asks('meg', { type: 'go-away' })
    expect(gives(party, 'meg', 'host')).toBe('not-allowed')
    expect(gives(party, 'gus', 'host')).toEqual(['host-changed', 'role-changed'])
    expect(hostOf(party.room())?.id).toBe(party.called('gus').id)
    expect(party.called('ann').role).toBe('moderator')
  })

  it('[H1] a moderator who is here becomes host before others', () => {
    const party = aRoom()
    for (const name of ['ann', 'gus', 'mia', 'max']) party.joins(name)
    for (const name of ['mia', 'max']) gives(party, name, 'moderator')
    party.asks('mia', { type: 'go-away' })
    party.asks('ann', { type: 'leave' })
    expect(hostOf(party.room())?.id).toBe(party.called('max').id)
    party.asks('max', { type: 'leave' })
    expect(hostOf(party.room())?.id, 'who is here before who is not').toBe(party.called('gus').id)
  })

  it('[O15] nobody acts on somebody of the same role or a higher one, or on who is gone', () => {
    const party = aParty()
    const acts = ['kick', 'ban', 'mute', 'unmute'] as const
    for (const type of acts) {
      expect(party.asks('mia', { type, memberId: party.called('ann').id })).toBe('not-over-them')
      expect(party.asks('mia', { type, memberId: party.called('mia').id })).toBe('not-over-them')
      expect(party.asks('mia', { type, memberId: 'nobody' })).toBe('no-such-member')
      expect(party.asks('gus', { type, memberId: party.called('meg').id })).toBe('not-allowed')
    }
    expect(party.room().members).toHaveLength(4)
  })

  it('[O16] a bot says so, is never host, never waited for, and no vote waits for it', () => {
    const party = aRoom({ playing: true, settings: { skipShare: 1 } })
    const by = { kind: 'identity', identity: 'bot' } as const
    party.ask({ type: 'join', name: 'bot', dialect: 'tutti', bot: true }, by)
    expect(party.called('bot')).toMatchObject({ bot: true, role: 'guest' })
    expect(party.joins('ann').role).toBe('host')
    expect(party.asks('bot', { type: 'suspend', reason: 'buffering' })).toEqual([])
    party.asks('ann', { type: 'queue-add', items: [film(1), film(2)] })
    const itemId = party.room().media?.id ?? ''
    expect(party.asks('ann', { type: 'vote-skip', itemId, wants: true })).toContain('media-changed')
    party.asks('ann', { type: 'leave' })
    expect(hostOf(party.room())).toBeUndefined()
    expect(party.joins('eve').role).toBe('host')
  })
})

const film = (number: number): MediaWish => ({
  durationSec: 100,
  content: { address: `https://example.org/${number}`, title: `Film ${number}` },
})

describe('permissions', () => {
  it('[O2] the table says who may; the host may all', () => {
    const party = aParty({ control: 'host' })
    expect(PERMISSIONS.every((each) => may(party.room(), party.called('ann').id, each))).toBe(true)
    expect(party.asks('mia', { type: 'skip' })).toBe('host-controls')
    expect(party.asks('gus', { type: 'queue-add', items: [film(1)] })).toBe('not-allowed')
    expect(party.asks('gus', { type: 'configure', settings: { chat: false } })).toBe('not-allowed')
    expect(party.asks('mia', { type: 'configure', settings: { chat: false } })).toEqual(['settings-changed'])
  })

  it('[O3] who controls is a preset over the table, and leaves the other permissions', () => {
    const party = aParty()
    expect(controlOf(party.room())).toBe('everyone')
    const permissions = [...party.room().permissions.guest, 'mute' as const]
    expect(party.asks('ann', { type: 'set-permissions', role: 'guest', permissions })).toEqual(['permissions-changed'])
    expect(party.asks('ann', { type: 'set-control', control: 'host' })).toEqual(['control-changed'])
    expect(controlOf(party.room())).toBe('host')
    expect(party.room().permissions.guest).toEqual(['queue-vote', 'chat', 'mute'])
    for (const role of TABLE_ROLES) expect(party.room().permissions[role]).not.toContain('seek')
    expect(withControl(withControl(tableFor('everyone'), 'host'), 'everyone')).toEqual(tableFor('everyone'))
  })

  it('[O4] a row of a lower role is changed, and only by what the asker has', () => {
    const party = aParty()
    const row = party.room().permissions
    const set = (name: string, role: (typeof TABLE_ROLES)[number], add: (typeof PERMISSIONS)[number]) =>
      party.asks(name, { type: 'set-permissions', role, permissions: [...row[role], add] })
    expect(set('mia', 'guest', 'kick')).toBe('not-allowed')
    set('ann', 'moderator', 'set-permissions')
    expect(set('mia', 'guest', 'kick')).toEqual(['permissions-changed'])
    expect(set('mia', 'guest', 'set-permissions')).toEqual(['permissions-changed'])
    expect(set('mia', 'moderator', 'kick')).toBe('not-over-them')
    party.asks('ann', { type: 'set-permissions', role: 'moderator', permissions: ['set-permissions'] })
    expect(set('mia', 'guest', 'ban')).toBe('not-allowed')
  })
})

describe('settings and the door', () => {
  it('[O7] settings are changed by who may, within bounds', () => {
    const party = aParty()
    const set = (settings: object) => party.asks('ann', { type: 'configure', settings })
    expect(set({ capacity: 10, mode: 'vote', skipShare: 0.5, shown: { title: 'Cinema\u0000' } })).toEqual([
      'settings-changed',
    ])
    expect(party.room().settings).toMatchObject({ capacity: 10, mode: 'vote', skipShare: 0.5, chat: true })
    expect(party.room().settings.shown).toEqual({ title: 'Cinema ', description: '', welcome: '' })
    expect(set({ capacity: 10 })).toEqual([])
    for (const absurd of [
      { capacity: 0 },
      { capacity: 101 },
      { skipShare: 1.1 },
      { shown: { welcome: 'x'.repeat(501) } },
    ])
      expect(set(absurd)).toBe('out-of-range')
  })

  it('[O8] a full room refuses newcomers, and sends nobody out', () => {
    const party = aParty({ settings: { capacity: 5 } })
    party.asks('ann', { type: 'configure', settings: { capacity: 2 } })
    expect(party.room().members).toHaveLength(4)
    expect(comes(party, 'eve')).toBe('room-full')
    party.asks('gus', { type: 'go-away' })
    expect(comes(party, 'gus')).toEqual(['member-back'])
  })

  it('[O9] where guests are not allowed, somebody has to be known', () => {
    const party = aRoom({ settings: { guests: false } })
    expect(party.joins('ann').role, 'who made the room is in').toBe('host')
    expect(comes(party, 'gus')).toBe('guests-not-allowed')
    party.verified = { invited: 'guest' }
    expect(comes(party, 'gus')).toEqual(['member-joined'])
    party.verified = { vouched: true }
    expect(comes(party, 'vic')).toEqual(['member-joined'])
    party.verified = {}
    gives(party, 'gus', 'moderator')
    for (const name of ['gus', 'vic']) party.asks(name, { type: 'leave' })
    expect(comes(party, 'gus')).toEqual(['member-joined'])
    expect(comes(party, 'vic')).toBe('guests-not-allowed')
  })

  it('[O10] a password is asked of newcomers; that there is one is told, and nothing else', () => {
    const party = aParty()
    expect(party.asks('gus', { type: 'set-password', password: 'x' })).toBe('not-allowed')
    expect(party.asks('ann', { type: 'set-password', password: '' })).toBe('out-of-range')
    expect(party.asks('ann', { type: 'set-password', password: 'x' })).toBe('server-error')
    party.verified = { passwordHash: 'hash' }
    expect(party.asks('ann', { type: 'set-password', password: 'x' })).toEqual(['password-changed'])
    expect(party.room().settings.locked).toBe(true)
    expect(party.whole().serverOnly.passwordHash).toBe('hash')
    expect(JSON.stringify(party.copy())).not.toContain('hash')

    party.verified = {}
    expect(comes(party, 'eve')).toBe('password-needed')
    party.verified = { passwordMatches: false }
    expect(comes(party, 'eve')).toBe('wrong-password')
    for (const name of ['mia', 'gus']) party.asks(name, { type: 'leave' })
    expect(comes(party, 'mia'), 'a moderator has the key').toEqual(['member-joined'])
    expect(comes(party, 'gus')).toBe('wrong-password')
    party.asks('meg', { type: 'go-away' })
    expect(comes(party, 'meg'), 'who holds a seat is in').toEqual(['member-back'])
    party.verified = { passwordMatches: true }
    expect(comes(party, 'eve')).toEqual(['member-joined'])
    party.verified = { invited: 'guest' }
    expect(comes(party, 'ina')).toEqual(['member-joined'])
    party.verified = {}
    expect(party.asks('ann', { type: 'set-password' })).toEqual(['password-changed'])
    expect(party.whole().serverOnly).not.toHaveProperty('passwordHash')
    expect(comes(party, 'gus')).toEqual(['member-joined'])
  })

  it('[O11] invites can be called back', () => {
    const party = aParty()
    expect(party.whole().serverOnly.inviteEpoch).toBe(0)
    expect(party.asks('gus', { type: 'revoke-invites' })).toBe('not-allowed')
    expect(party.asks('ann', { type: 'revoke-invites' })).toEqual(['invites-revoked'])
    expect(party.whole().serverOnly.inviteEpoch).toBe(1)
  })

  it('[O17] a room that is not temporary is kept for 30 days without members', () => {
    const party = aRoom({ settings: { temporary: false } })
    party.joins('ann')
    party.asks('ann', { type: 'leave' })
    expect(party.passes(30 * 24 * 3_600_000 - 1)).toEqual([])
    expect(party.passes(1)).toEqual(['room-closed'])
  })

  it('[O18] a room of an older day has what it lacks as a new room has it', () => {
    const party = aRoom()
    party.joins('ann')
    const { id, number, code, epoch, rev, whenHostLeaves, members, timeline } = party.room()
    const media = { id: 'm', content: { address: '', title: 'Film' } }
    const older = { id, number, code, epoch, rev, whenHostLeaves, members, timeline, media, control: 'host' }
    const stored = { public: older, serverOnly: { identityByMember: {} } } as unknown as Room
    const { public: room, serverOnly } = completeRoom(stored)
    expect(room).toEqual({
      ...party.room(),
      permissions: tableFor('host'),
      media: { ...media, number: 0, up: [], down: [], grabs: [] },
    })
    expect(serverOnly.bans).toEqual([])
  })
})

describe('moderation', () => {
  it('[O12] whoever is sent out is told why, a line tells the room, and they may come back', () => {
    const party = aParty()
    const gus = party.called('gus').id
    expect(party.asks('mia', { type: 'kick', memberId: gus, reason: 'x'.repeat(201) })).toBe('out-of-range')
    expect(party.asks('mia', { type: 'kick', memberId: gus, reason: 'noise' })).toEqual(['chat-said', 'member-left'])
    expect(party.events.at(-1)).toMatchObject({ why: 'kicked', reason: 'noise' })
    expect(party.room().chat.at(-1)).toMatchObject({
      kind: 'system',
      content: { text: 'gus was sent out by mia: noise', notice: { what: 'kicked', name: 'gus', byName: 'mia' } },
    })
    expect(comes(party, 'gus')).toEqual(['member-joined'])
  })

  it('[O13] a ban is by identity and by address, for a time or for good; only the server keeps the list', () => {
    const party = aRoom()
    party.joins('ann')
    party.verified = { addressHash: 'somewhere' }
    party.joins('gus')
    party.verified = {}
    party.joins('kim')
    const ban = (name: string, forMs?: number) =>
      party.asks('ann', { type: 'ban', memberId: party.called(name).id, ...(forMs !== undefined && { forMs }) })
    expect(ban('gus', 60_000)).toEqual(['chat-said', 'member-left'])
    expect(ban('kim')).toEqual(['chat-said', 'member-left'])
    expect(JSON.stringify(party.copy())).not.toContain('somewhere')
    expect(comes(party, 'gus')).toBe('banned')
    party.verified = { addressHash: 'somewhere' }
    expect(comes(party, 'gus again')).toBe('banned')
    party.verified = {}
    party.passes(60_000)
    expect(comes(party, 'gus')).toEqual(['member-joined'])
    expect(comes(party, 'kim')).toBe('banned')
    const banId = party.whole().serverOnly.bans.find(({ name }) => name === 'kim')?.id ?? ''
    expect(party.asks('ann', { type: 'unban', banId: 'none' })).toEqual([])
    expect(party.asks('ann', { type: 'unban', banId })).toEqual(['ban-lifted'])
    expect(comes(party, 'kim')).toEqual(['member-joined'])
  })

  it('[O13] at most 200 bans stand', () => {
    const party = aRoom()
    party.joins('ann')
    for (let n = 0; n < 200; n += 1) {
      party.joins(`p${n}`)
      party.asks('ann', { type: 'ban', memberId: party.called(`p${n}`).id })
    }
    party.joins('last')
    expect(party.asks('ann', { type: 'ban', memberId: party.called('last').id })).toBe('too-many')
  })

  it('[O14] whoever is muted says nothing until then, also after leaving and coming back', () => {
    const party = aParty()
    const mute = { memberId: party.called('gus').id, forMs: 60_000 }
    expect(party.asks('mia', { type: 'mute', ...mute })).toEqual(['mute-changed', 'chat-said'])
    party.asks('gus', { type: 'leave' })
    party.joins('gus')
    expect(party.called('gus').muted).toEqual({ untilMs: party.nowMs + 60_000 })
    expect(party.asks('gus', { type: 'say', text: 'hello' })).toBe('muted')
    party.passes(60_000)
    expect(party.asks('gus', { type: 'say', text: 'hello' })).toEqual(['chat-said'])
    party.asks('mia', { type: 'mute', memberId: party.called('gus').id })
    party.passes(1e9)
    expect(party.asks('gus', { type: 'say', text: 'hello' })).toBe('muted')
    expect(party.asks('mia', { type: 'unmute', memberId: party.called('gus').id })).toEqual([
      'mute-changed',
      'chat-said',
    ])
    expect(party.asks('gus', { type: 'say', text: 'hello' })).toEqual(['chat-said'])
  })
})

describe('the door', () => {
  it('[O21] is for moderators, also where everybody may set what the room shows', () => {
    const party = aParty()
    for (const role of ['guest', 'member'] as const) {
      party.asks('ann', { type: 'set-permissions', role, permissions: ['configure'] })
    }
    const doors: RoomCommand[] = [
      { type: 'set-password' },
      { type: 'revoke-invites' },
      { type: 'configure', settings: { guests: false } },
      { type: 'configure', settings: { capacity: 4 } },
      { type: 'configure', settings: { chat: false } },
      { type: 'configure', settings: { temporary: false, shown: { title: 'Mine' } } },
    ]
    for (const door of doors) {
      for (const name of ['gus', 'meg'])
        expect(party.asks(name, door), `${name} ${JSON.stringify(door)}`).toBe('not-allowed')
      expect(party.asks('mia', door), JSON.stringify(door)).toBeInstanceOf(Array)
    }
    expect(party.asks('gus', { type: 'configure', settings: { listed: true, shown: { title: 'Ours' } } })).toEqual([
      'settings-changed',
    ])
  })
})

describe('somebody with several seats', () => {
  const comesTwice = (party: ARoom, identity: string) =>
    read(
      party.ask(
        { type: 'join', name: `${identity} two`, dialect: 'tutti', ownSeat: true },
        { kind: 'identity', identity },
      ),
    )

  /** By the name in the room: there are several seats of one identity. */
  const named = (party: ARoom, name: string) => {
    const member = party.room().members.find(({ shown }) => shown.name === name)
    if (!member) throw new Error(`${name} is not here`)
    return member
  }

  it('[O20] is banned, or silenced, in all of them', () => {
    const party = aParty()
    comesTwice(party, 'gus')
    const [one, two] = [named(party, 'gus').id, named(party, 'gus two').id]
    expect(party.asks('mia', { type: 'mute', memberId: one })).toEqual(['mute-changed', 'mute-changed', 'chat-said'])
    expect(read(party.ask({ type: 'say', text: 'hello' }, { kind: 'member', memberId: two }))).toBe('muted')
    expect(party.asks('mia', { type: 'unmute', memberId: two })).toEqual(['mute-changed', 'mute-changed', 'chat-said'])
    expect(party.asks('mia', { type: 'ban', memberId: two })).toEqual(['chat-said', 'member-left', 'member-left'])
    expect(party.room().members.map(({ shown }) => shown.name)).toEqual(['ann', 'mia', 'meg'])
    expect(party.whole().serverOnly.bans).toHaveLength(1)
  })

  it('[O20] is as high as the highest of them', () => {
    const party = aParty()
    comesTwice(party, 'ann')
    const two = named(party, 'ann two')
    expect(two.role).toBe('guest')
    expect(party.asks('mia', { type: 'ban', memberId: two.id })).toBe('not-over-them')
    expect(party.asks('mia', { type: 'mute', memberId: two.id })).toBe('not-over-them')
    expect(party.asks('mia', { type: 'kick', memberId: two.id })).toEqual(['chat-said', 'member-left'])
  })
})

describe('the size of a room', () => {
  /** `sign` is what every text is full of: a quote is two letters in JSON, other letters are three bytes on a wire. */
  it.each(['"', '電'])('[O19] full of everything it can still be told in one frame (%s)', (sign) => {
    const full = (start: number | string, length: number): string => String(start).padEnd(length, sign)
    const party = aRoom()
    const names = Array.from({ length: ROOM_LIMITS.members }, (_, n) => full(n, ROOM_LIMITS.nameLength))
    for (const name of names) party.joins(name)
    const [host = ''] = names
    const lengths = { durationSec: 1234.5678901, startAtSec: 1.2345678901, endAtSec: 123.45678901 }
    for (let n = 0; n <= ROOM_LIMITS.history; n += 1) {
      const { titleLength, authorLength, imageLength, addressLength } = ROOM_LIMITS
      const content = {
        address: full(n, addressLength),
        title: full('', titleLength),
        author: full('', authorLength),
        image: full('', imageLength),
      }
      party.asks(host, { type: 'set-media', media: { ...lengths, content } })
    }
    const fillQueue = (length: number): void => {
      const items = Array.from({ length: 50 }, (_, n) => ({
        ...lengths,
        content: { address: full(n, length), title: '' },
      }))
      while (party.asks(host, { type: 'queue-add', items, again: true }) !== 'queue-full');
      for (const { id: itemId } of party.room().queue.items.slice(0, ROOM_LIMITS.votes))
        for (const name of names) party.asks(name, { type: 'vote', itemId, vote: 1 })
    }
    const each = (sign === '"' ? 0.5 : 1) / ROOM_LIMITS.items
    fillQueue(Math.floor(ROOM_LIMITS.previousLength * each) - 30)
    party.asks(host, { type: 'queue-clear' })
    fillQueue(Math.floor(ROOM_LIMITS.queueLength * each) - 30)
    const mentions = party.room().members.map(({ id }) => id)
    for (let n = 0; n < ROOM_LIMITS.lines; n += 1) {
      party.nowMs += 1_000
      party.asks(host, { type: 'say', text: full('', ROOM_LIMITS.lineLength), mentions })
    }
    for (const { id: lineId } of party.room().chat) {
      party.nowMs += 5_000
      for (const [n, name] of names.slice(0, ROOM_LIMITS.reactions).entries())
        party.asks(name, { type: 'react', lineId, emoji: full(n, ROOM_LIMITS.emojiLength), on: true })
    }
    expect(party.room().chat).toHaveLength(ROOM_LIMITS.lines)
    expect(party.room().chat[0]?.reactions).toHaveLength(ROOM_LIMITS.reactions)
    // Ids are uuids out there.
    const told = JSON.stringify(party.room()).replaceAll(/(?<=")(id|member)-\d+/g, (id) => id.padEnd(36, 'x'))
    expect(told.length).toBeGreaterThan(900_000)
    expect(told.length).toBeLessThan(MAX_LENGTH_TO_CLIENT)
    expect(Buffer.byteLength(told)).toBeLessThan(LIMITS.unsentBytes)
  })
})
