/** What a room is besides its timeline, from popup to wire and back: rights, queue, booth, chat, doors, and who one is. */
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { RoomCommand } from '../../src/core/room/command'
import type { PagePlayer } from '../../src/messages/content-to-background'
import { ADDRESS, aWorld, FILM, OTHER_TAB, TAB } from './a-world'

const NEXT = 'https://films.example/b'
const KEY = `eyJ${'a'.repeat(10)}.${'b'.repeat(10)}.${'c'.repeat(10)}`

let world: Awaited<ReturnType<typeof aWorld>>
beforeEach(async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  world = await aWorld()
})

type Ben = Awaited<ReturnType<typeof world.hostRoom>>
let asked = 0
const asks = (ben: Ben, command: RoomCommand) => ben.ask({ type: 'command', ask: `ben-${(asked += 1)}`, command })
const soon = () => world.clock.advance(200)
const film = (address: string, durationSec?: number) => ({
  ...(durationSec !== undefined && { durationSec }),
  content: { address, title: address },
})
const idOf = (name: string): string => world.room().members.find(({ shown }) => shown.name === name)?.id ?? ''

describe('what the view tells of the room', () => {
  it('[B33] rights, settings, queue, booth, votes and people are those of the room’s copy', async () => {
    const ben = await world.hostRoom({ settings: { skipShare: 0.5, shown: { title: 'Cinema' } } })
    const popup = await world.joinedRoom()
    await asks(ben, { type: 'mute', memberId: idOf('Ada') })
    await asks(ben, { type: 'queue-add', items: [film(ADDRESS), film(NEXT)] })
    await soon()
    const room = world.room()
    const { settings, permissions, media, queue, booth, history } = room
    expect(world.inRoom(popup)).toMatchObject({
      settings,
      permissions,
      media,
      queue,
      booth,
      history,
      selfId: idOf('Ada'),
      skipVotes: [],
      skipNeeds: 1,
      people: [
        { name: 'Ben', role: 'host' },
        { name: 'Ada', role: 'guest', muted: {} },
      ],
    })
    const { may } = world.inRoom(popup)
    expect(may).toEqual(room.permissions.guest)
    expect(may).not.toContain('kick')
  })

  it('[B33] whose turn it is may skip, also where nobody else may', async () => {
    const ben = await world.hostRoom({ control: 'host', settings: { mode: 'rotation' } })
    const popup = await world.joinedRoom()
    expect(world.inRoom(popup).may).not.toContain('skip')
    await asks(ben, { type: 'add-dj', memberId: idOf('Ada') })
    await asks(ben, { type: 'set-permissions', role: 'guest', permissions: ['dj', 'queue-add'] })
    await popup.say({ type: 'add-page' })
    await soon()
    expect(world.room().booth.playing).toBe(idOf('Ada'))
    expect(world.inRoom(popup).may).toContain('skip')
  })
})

describe('what the popup asks', () => {
  it('[B34] every command goes to the room, and a no is shown', async () => {
    await world.hostRoom({ control: 'host' })
    const popup = await world.joinedRoom()
    await popup.say({ type: 'command', command: { type: 'kick', memberId: idOf('Ben'), reason: 'noise' } })
    await soon()
    expect(world.host.commands).toContainEqual({ type: 'kick', memberId: idOf('Ben'), reason: 'noise' })
    expect(popup.view().problem).toMatchObject({ kind: 'refused', code: 'not-allowed' })
  })

  it('[B34] what no room could mean is left aside', async () => {
    const popup = await world.startedRoom()
    await popup.say({ type: 'command', command: { type: 'vote', itemId: 'x', vote: 7 } } as { type: string })
    await popup.say({ type: 'say', text: 'x'.repeat(5000) } as { type: string })
    await soon()
    expect(world.host.commands).toEqual([])
  })

  it('[B35] the tab’s video is added with address, title and length, set, or brought into the booth', async () => {
    const popup = await world.startedRoom()
    world.browser.openTab(OTHER_TAB, NEXT, [{ ...FILM, address: NEXT, title: 'Next' }])
    const other = await world.browser.openPopup(OTHER_TAB)
    expect(world.inRoom(popup).pageIs).toBe('current')
    expect(world.inRoom(other).pageIs).toBe('new')
    await other.say({ type: 'add-page' })
    await soon()
    expect(world.room().queue.items).toMatchObject([{ durationSec: 600, content: { address: NEXT, title: 'Next' } }])
    expect(world.inRoom(other).pageIs).toBe('queued')
    await other.say({ type: 'command', command: { type: 'queue-clear' } })
    await other.say({ type: 'play-page' })
    await soon()
    expect(world.room().media?.content.title).toBe('Next')
    await other.say({ type: 'join-booth-with-page' })
    await soon()
    expect(world.room()).toMatchObject({ settings: { mode: 'rotation' }, media: { content: { title: 'Next' } } })
    expect(world.room()).toMatchObject({
      booth: { waiting: [idOf('Ada')] },
      queue: { items: [{ content: { address: NEXT } }] },
    })
  })
})

describe('the chat', () => {
  it('[B36] what is typed is said, or read as a command, or answered to who typed it alone', async () => {
    await world.hostRoom()
    const popup = await world.joinedRoom()
    await popup.say({ type: 'say', text: 'hello @Ben' })
    await soon()
    expect(world.room().chat).toMatchObject([{ content: { text: 'hello @Ben' }, mentions: [idOf('Ben')] }])
    await popup.say({ type: 'say', text: '/users' })
    expect(world.inRoom(popup).chat.answer).toEqual({ type: 'users', names: ['Ben', 'Ada'] })
    expect(world.room().chat).toHaveLength(1)
    await popup.say({ type: 'say', text: '/me waves' })
    await soon()
    expect(world.room().chat.at(-1)).toMatchObject({ kind: 'emote', content: { text: 'waves' } })
    expect(world.inRoom(popup).chat.answer).toBeUndefined()
  })

  it('[B37] unread are lines of others since it was seen, also after the background was stopped', async () => {
    const ben = await world.hostRoom()
    await asks(ben, { type: 'say', text: 'before' })
    const popup = await world.joinedRoom()
    expect(world.inRoom(popup).chat).toMatchObject({ lines: [{}], unread: 0, mentioned: false })
    await popup.say({ type: 'say', text: 'mine' })
    await asks(ben, { type: 'say', text: 'news', mentions: [idOf('Ada')] })
    await soon()
    expect(world.inRoom(popup).chat).toMatchObject({ unread: 1, mentioned: true })
    await popup.say({ type: 'chat-seen' })
    expect(world.inRoom(popup).chat).toMatchObject({ unread: 0, mentioned: false })
    await asks(ben, { type: 'say', text: 'more' })
    await popup.close()
    await world.browser.restart()
    await world.clock.advance(2000)
    expect(world.inRoom(await world.browser.openPopup(TAB)).chat.unread).toBe(1)
  })

  it('[B38] who types, signs held up and lines for some are shown; signs go by themselves', async () => {
    const ben = await world.hostRoom()
    const popup = await world.joinedRoom()
    const self = world.inRoom(popup).selfId
    await ben.send({ type: 'typing', isTyping: true })
    await ben.send({ type: 'react', emoji: '🎉' })
    await ben.send({ type: 'write', ask: 'w', to: self, text: 'psst' })
    await world.clock.advance(1000)
    expect(world.inRoom(popup).chat).toMatchObject({
      typing: [idOf('Ben')],
      reactions: [{ memberId: idOf('Ben'), emoji: '🎉' }],
      addressed: [{ from: idOf('Ben'), to: self, text: 'psst' }],
    })
    await world.clock.advance(10_000)
    expect(world.inRoom(popup).chat).toMatchObject({ typing: [], reactions: [], addressed: [{}] })
    await popup.say({ type: 'show-reaction', emoji: '👏' })
    await popup.say({ type: 'typing', isTyping: true })
    await popup.say({ type: 'write-to', to: idOf('Ben'), text: 'yes?' })
    await world.clock.advance(1000)
    expect(ben.last('reactions')).toMatchObject({ reactions: [{ memberId: self, emoji: '👏' }] })
    expect(ben.last('typing')).toMatchObject({ memberIds: [self] })
    expect(ben.last('line')).toMatchObject({ line: { to: idOf('Ben'), text: 'yes?' } })
    expect(world.inRoom(popup).chat.typing, 'oneself is not told').toEqual([])
  })
})

describe('questions', () => {
  it('[B39] the public list is asked of the server in use, and any open room can be gone into', async () => {
    await world.hostRoom({ settings: { listed: true, shown: { title: 'Open house' } } })
    const popup = await world.browser.openPopup(TAB)
    expect(popup.view().publicRooms).toBeUndefined()
    await popup.say({ type: 'find-rooms' })
    expect(popup.view().publicRooms).toEqual({ state: 'asking' })
    await world.clock.advance(2000)
    expect(popup.view().publicRooms).toMatchObject({ state: 'known', rooms: [{ title: 'Open house', members: 1 }] })
    await popup.say({ type: 'join-any', name: 'Ada' })
    await world.clock.advance(2000)
    expect(world.inRoom(popup).code).toBe(world.code())
    await popup.say({ type: 'leave' })
    await popup.say({ type: 'set-server', server: 'https://other.example' })
    expect(popup.view().publicRooms, 'another server has other rooms').toBeUndefined()
  })

  it('[B39] invites, names and bans are answered to the host; the list of bans follows what changes it', async () => {
    const popup = await world.startedRoom()
    await popup.say({ type: 'make-invite', role: 'member', forMs: 60_000 })
    await popup.say({ type: 'claim-alias', alias: 'filmnight' })
    await popup.say({ type: 'list-bans' })
    await world.until('all three are answered', () => {
      const { madeInvite, aliases, bans } = world.inRoom(popup)
      return madeInvite !== undefined && aliases !== undefined && bans !== undefined
    })
    expect(world.inRoom(popup)).toMatchObject({
      madeInvite: { link: expect.stringMatching(/\/j\/[a-z2-9]{6}\?invite=./u) },
      aliases: ['filmnight'],
      bans: [],
    })
    const { createPeer, goIn } = await import('../server/peer')
    const eve = createPeer(world.host.server.sessions, 'elsewhere')
    await goIn(eve, { door: { kind: 'code', code: world.code() }, name: 'Eve' })
    await soon()
    await popup.say({ type: 'command', command: { type: 'ban', memberId: idOf('Eve'), reason: 'noise' } })
    await soon()
    expect(world.inRoom(popup).bans).toMatchObject([{ name: 'Eve', reason: 'noise' }])
    await popup.say({ type: 'leave' })
    await popup.say({ type: 'start-room', name: 'Ada' })
    await world.clock.advance(2000)
    expect(world.inRoom(popup).bans, 'of another room').toBeUndefined()
  })
})

describe('doors', () => {
  it('[B40] a locked one asks for its password, says that one was wrong, and opens with the right one', async () => {
    await world.hostRoom({ password: 'sesame' })
    const popup = await world.joinedRoom()
    const text = `http://127.0.0.1:4747/j/${world.code()}`
    const lockedDoor = { text, code: world.code(), isWrong: false }
    expect(popup.view()).toMatchObject({ room: { kind: 'outside', lockedDoor } })
    expect(popup.view().problem).toBeUndefined()
    await popup.say({ type: 'join-room', text, name: 'Ada', password: 'open' })
    await world.clock.advance(2000)
    expect(popup.view().room).toEqual({ kind: 'outside', lockedDoor: { ...lockedDoor, isWrong: true } })
    await popup.say({ type: 'join-room', text, name: 'Ada', password: 'sesame' })
    await world.clock.advance(2000)
    expect(world.inRoom(popup).code).toBe(world.code())
    expect(world.browser.seat.value()).toMatchObject({ password: 'sesame' })
    await popup.say({ type: 'leave' })
    expect(popup.view().room).toEqual({ kind: 'outside' })
  })

  it('[B40] an invite opens it, also for a seat that has expired while the background was stopped', async () => {
    const ben = await world.hostRoom({ password: 'sesame' })
    const { answer } = (await ben.ask({
      type: 'question',
      ask: 'i',
      question: { type: 'make-invite', role: 'member', forMs: 600_000 },
    })) as unknown as { answer: { invite: string } }
    const popup = await world.browser.openPopup(TAB)
    await popup.say({
      type: 'join-room',
      text: `Come: https://rooms.example/j/${world.code()}?invite=${answer.invite}`,
      name: 'Ada',
    })
    await world.until('Ada is in', () => popup.view().room.kind === 'in-room')
    expect(world.inRoom(popup).people.find(({ isSelf }) => isSelf)).toMatchObject({ role: 'member' })
    const first = world.inRoom(popup).selfId
    world.network.listen(undefined)
    await world.browser.restart()
    await world.clock.advance(90_000)
    world.listen()
    const again = await world.browser.openPopup(TAB)
    await world.until('Ada is in again', () => again.view().room.kind === 'in-room')
    expect(world.inRoom(again).selfId).not.toBe(first)
  })

  it('[B40] who is sent out is told why, in the words of who did it', async () => {
    const ben = await world.hostRoom()
    const popup = await world.joinedRoom()
    await asks(ben, { type: 'kick', memberId: idOf('Ada'), reason: 'too loud' })
    await soon()
    expect(popup.view()).toMatchObject({
      room: { kind: 'outside' },
      problem: { kind: 'refused', code: 'kicked', reason: 'too loud' },
    })
  })
})

describe('who one is', () => {
  it('[B41] the key of a server is kept, brought to each of its doors, and shown', async () => {
    await world.hostRoom({ password: 'sesame' })
    const popup = await world.joinedRoom()
    const [kept] = world.browser.keys.value() ?? []
    expect(kept, 'although it did not let us in').toMatchObject({ key: 'http://127.0.0.1:4747' })
    expect(popup.view().key).toBe(kept?.value)
    await world.browser.restart()
    const second = await world.browser.openPopup(TAB)
    await second.say({ type: 'start-room', name: 'Ada' })
    await world.clock.advance(2000)
    expect(world.host.identities()).toContain(kept?.value.slice('token:'.length))
    expect(world.browser.keys.value()).toEqual([kept])
  })

  it('[B41] a pasted key makes this the same person; what is none is not understood', async () => {
    const popup = await world.browser.openPopup(TAB)
    await popup.say({ type: 'use-key', key: 'my key' })
    expect(popup.view().problem).toEqual({ kind: 'not-understood', text: 'my key' })
    await popup.say({ type: 'use-key', key: ` ${KEY}\n` })
    expect(popup.view().problem).toBeUndefined()
    expect(popup.view().key).toBe(KEY)
    await popup.say({ type: 'start-room', name: 'Ada' })
    await world.clock.advance(2000)
    const now = popup.view().key
    await popup.say({ type: 'use-key', key: KEY })
    expect(popup.view()).toMatchObject({ key: now, problem: { code: 'already-in-room' } })
  })
})

describe('from one film to the next', () => {
  async function withTwo(next: Partial<PagePlayer> = {}) {
    const popup = await world.startedRoom()
    const { durationSec = 600 } = next
    await popup.say({
      type: 'command',
      command: { type: 'queue-add', items: [film(NEXT)] },
    })
    await soon()
    return { popup, durationSec }
  }
  const skips = async (popup: Awaited<ReturnType<typeof world.startedRoom>>) => {
    await popup.say({ type: 'command', command: { type: 'skip', itemId: world.room().media?.id ?? '' } })
    await soon()
  }

  it('[B42] a film on another page is gone to by a click', async () => {
    const { popup } = await withTwo()
    await popup.say({ type: 'go-along', on: false })
    expect(world.inRoom(popup).goTo).toBeUndefined()
    await skips(popup)
    expect(world.inRoom(popup).goTo).toEqual({
      address: NEXT,
      host: 'films.example',
      pattern: 'https://films.example/*',
    })
    expect(world.browser.seen.opened).toEqual([])
    await popup.say({ type: 'go-there' })
    expect(world.browser.seen.opened).toEqual([{ tabId: TAB, address: NEXT }])
    await world.frame.say({ type: 'page', player: { ...FILM, address: NEXT } })
    await soon()
    expect(world.inRoom(popup).goTo).toBeUndefined()
  })

  it('[B42] nothing but a web page is gone to', async () => {
    const popup = await world.startedRoom()
    // oxlint-disable-next-line no-script-url -- what somebody may try
    for (const address of ['javascript:alert(1)', 'file:///etc/passwd', 'about:blank', 'not an address']) {
      await popup.say({ type: 'command', command: { type: 'queue-add', items: [film(address)] } })
      await soon()
      await skips(popup)
      expect(world.room().media?.content.address).toBe(address)
      expect(world.inRoom(popup).goTo).toBeUndefined()
      await popup.say({ type: 'go-there' })
    }
    expect(world.browser.seen.opened).toEqual([])
  })

  it('[B43] the film before is let go, the room is told, and the next one is followed once it is there', async () => {
    const { popup } = await withTwo()
    await skips(popup)
    expect(world.frame.heard.at(-1)).toEqual({ type: 'let-go' })
    expect(world.room().members[0]?.suspension?.reason).toBe('elsewhere')
    expect(world.room().waiting).toBeUndefined()
    await world.tab.unload()
    await world.browser.load(TAB)
    await soon()
    expect(world.room().members[0]?.suspension?.reason, 'loaded anew it is still the film before').toBe('elsewhere')
    expect(world.followed()).toBeUndefined()
    await world.frame.say({ type: 'page', player: { ...FILM, address: NEXT } })
    await soon()
    expect(world.room().members[0]?.suspension).toBeUndefined()
    expect(world.followed()?.timeline).toEqual(world.room().timeline)
  })

  it('[B43] a page that the room does not know is followed: it may be the same film elsewhere', async () => {
    await world.hostRoom({ media: film('https://elsewhere.example/film') })
    await world.joinedRoom()
    expect(world.followed()?.timeline).toEqual(world.room().timeline)
    expect(world.room().members.at(-1)?.suspension).toBeUndefined()
  })

  it('[B44] the length that the room lacks is told once by who may, if no advertisement is so long', async () => {
    const { popup } = await withTwo()
    await skips(popup)
    const report = { type: 'report', report: { positionSec: 1, state: 'playing' } } as const
    await world.frame.say({ type: 'page', player: { ...FILM, address: NEXT, durationSec: 30 } })
    await soon()
    await world.frame.say(report)
    expect(world.room().media?.durationSec).toBeUndefined()
    await world.frame.say({ type: 'page', player: { ...FILM, address: NEXT, durationSec: 900 } })
    await world.frame.say(report)
    await soon()
    expect(world.room().media?.durationSec).toBe(900)
    await world.frame.say(report)
    await soon()
    expect(world.host.commands.filter(({ type }) => type === 'edit-item')).toHaveLength(1)
  })

  it('[B45] the end of what has no known length is told by who may skip', async () => {
    const { popup } = await withTwo()
    await world.frame.say({ type: 'ended' })
    expect(
      world.host.commands.some(({ type }) => type === 'media-ended'),
      'the server knows that one',
    ).toBe(false)
    await skips(popup)
    await world.frame.say({ type: 'page', player: { ...FILM, address: NEXT, durationSec: 30 } })
    await soon()
    const { id = '' } = world.room().media ?? {}
    await world.frame.say({ type: 'ended' })
    await soon()
    expect(world.host.commands.at(-1)).toEqual({ type: 'media-ended', itemId: id })
    expect(world.room().media).toBeUndefined()
  })
})
