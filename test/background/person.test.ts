/** One's own person, from page and popup to the real server and back. */
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { OwnPerson, PersonId } from '../../src/core/person/person'
import type { PersonPageCommand } from '../../src/messages/person-command'
import { aBrowser, type PersonPageInTest } from './a-browser'
import { ADDRESS, aWorld, FILM, OTHER_TAB, TAB } from './a-world'

const NEXT = 'https://films.example/b'

let world: Awaited<ReturnType<typeof aWorld>>
beforeEach(async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  world = await aWorld()
})

/** Friends are told within half a second, and answers come sooner. */
const soon = () => world.clock.advance(1_000)

const openLinks = (): number => world.network.links.filter((link) => link.isOpen()).length

function personOn(page: PersonPageInTest): OwnPerson {
  const { person } = page.view()
  if (!person) throw new Error(`the page knows nobody: ${JSON.stringify(page.view())}`)
  return person
}

async function asks(page: PersonPageInTest, command: PersonPageCommand): Promise<void> {
  await page.say({ type: 'command', command })
  await soon()
}

/** Somebody else, with a browser of their own. */
async function another() {
  const browser = aBrowser(world.clock, world.network.openSocket)
  await browser.start()
  browser.openTab(TAB, ADDRESS, [FILM])
  return browser
}

/** Ada, in whose browser everything is looked at, and Ben: both in Ada's room, each with their page open. */
async function twoInRoom() {
  const popup = await world.startedRoom()
  const ben = await another()
  const benPopup = await ben.openPopup(TAB)
  await benPopup.say({ type: 'join-room', text: world.code(), name: 'Ben' })
  await world.clock.advance(2_000)
  const page = await world.browser.openPersonPage()
  const benPage = await ben.openPersonPage()
  await soon()
  return { popup, page, ben, benPopup, benPage }
}

const idOf = (name: string): string => world.room().members.find(({ shown }) => shown.name === name)?.id ?? ''

async function twoFriends() {
  const two = await twoInRoom()
  await two.popup.say({
    type: 'person-command',
    command: { type: 'ask-friend', whom: { kind: 'member', memberId: idOf('Ben') } },
  })
  await soon()
  const [request] = personOn(two.benPage).asking
  if (!request) throw new Error('nobody asks Ben')
  const adaId: PersonId = request.person.id
  await asks(two.benPage, { type: 'accept-friend', whom: { kind: 'person', personId: adaId } })
  const benId: PersonId = personOn(two.page).friends[0]?.person.id ?? ''
  return { ...two, adaId, benId }
}

describe('the line to one’s own person', () => {
  it('[YE30] says who one is without a room, and shows what came round', async () => {
    const page = await world.browser.openPersonPage()
    expect(page.view()).toMatchObject({ line: { kind: 'asking' }, server: 'http://127.0.0.1:4747' })
    await soon()
    expect(page.view()).toMatchObject({ line: { kind: 'connected' }, person: { rev: 0 } })
    await page.say({ type: 'command', command: { type: 'set-profile', name: 'Ada' } })
    await page.say({ type: 'command', command: { type: 'set-presence', wish: 'busy' } })
    expect(personOn(page)).toMatchObject({ rev: 0, presenceWish: 'online' })
    await soon()
    expect(personOn(page)).toMatchObject({ shown: { name: 'Ada' }, presenceWish: 'busy' })
    await page.say({ type: 'export' })
    await soon()
    const told = JSON.parse(page.views.findLast(({ exported }) => exported?.text)?.exported?.text ?? '{}')
    expect(told.person.own).toEqual(personOn(page))
  })

  it('[YE30] is the same person after the background has died, and on another page', async () => {
    const page = await world.browser.openPersonPage()
    await soon()
    await asks(page, { type: 'playlist-create', name: 'Friday' })
    await world.browser.restart()
    const again = await world.browser.openPersonPage()
    await soon()
    expect(personOn(again)).toEqual(personOn(page))
  })

  it('[YE12] what is exported goes to the page that asked, and to no other', async () => {
    const page = await world.browser.openPersonPage()
    const other = await world.browser.openPersonPage()
    await soon()
    await page.say({ type: 'export' })
    await soon()
    expect(page.views.filter(({ exported }) => exported)).toHaveLength(1)
    expect(other.views.filter(({ exported }) => exported)).toEqual([])
  })

  it('[YE31] is held only while a page is open, or a popup of somebody who is known there', async () => {
    const popup = await world.browser.openPopup(TAB)
    await soon()
    expect(world.urls).toEqual([])
    expect(popup.view().you).toBeUndefined()
    const page = await world.browser.openPersonPage()
    await soon()
    expect(world.urls).toHaveLength(1)
    expect(popup.view().you).toEqual({ unread: 0, requests: 0, friends: [], playlists: [] })
    await page.close()
    await popup.close()
    expect(openLinks()).toBe(0)
    await world.browser.openPopup(TAB)
    await soon()
    expect(world.urls).toHaveLength(2)
    expect(openLinks()).toBe(1)
  })

  it('[YE31] goes over the connection of the room that one is in, and stays with it', async () => {
    const popup = await world.startedRoom()
    expect(world.urls).toHaveLength(1)
    expect(popup.view().you).toMatchObject({ unread: 0 })
    const page = await world.browser.openPersonPage()
    await asks(page, { type: 'playlist-create', name: 'Friday' })
    await page.close()
    await popup.close()
    const again = await world.browser.openPopup(TAB)
    expect(again.view().you?.playlists).toMatchObject([{ name: 'Friday' }])
    expect(openLinks()).toBe(1)
    await again.say({ type: 'leave' })
    await soon()
    expect(again.view().you?.playlists).toMatchObject([{ name: 'Friday' }])
    expect(openLinks()).toBe(1)
    await again.close()
    await soon()
    expect(openLinks()).toBe(0)
  })

  it('[YE13] is lost and found again together with the room’s', async () => {
    await world.startedRoom()
    const page = await world.browser.openPersonPage()
    await asks(page, { type: 'playlist-create', name: 'Friday' })
    world.network.listen(undefined)
    world.network.cutAll()
    await soon()
    expect(page.view().line).toEqual({ kind: 'lost' })
    expect(personOn(page).playlists).toHaveLength(1)
    world.listen()
    await page.say({ type: 'retry' })
    await soon()
    expect(page.view().line).toEqual({ kind: 'connected' })
    expect(openLinks()).toBe(1)
  })

  it('[YE13] a server that is gone is told, tried again, and shown as known last', async () => {
    const page = await world.browser.openPersonPage()
    await soon()
    await asks(page, { type: 'playlist-create', name: 'Friday' })
    world.network.listen(undefined)
    world.network.cutAll()
    await soon()
    expect(page.view().line).toEqual({ kind: 'lost' })
    expect(personOn(page).playlists).toHaveLength(1)
    await page.say({ type: 'command', command: { type: 'clear-history' } })
    expect(page.view().problem).toMatchObject({ code: 'no-answer' })
    world.listen()
    await page.say({ type: 'retry' })
    await soon()
    expect(page.view().line).toEqual({ kind: 'connected' })
  })

  it('[YE33] at another server one is somebody else, and nothing of the first is shown', async () => {
    const page = await world.browser.openPersonPage()
    const popup = await world.browser.openPopup(TAB)
    await soon()
    await asks(page, { type: 'playlist-create', name: 'Friday' })
    await popup.say({ type: 'set-server', server: 'https://elsewhere.example' })
    expect(page.view()).toMatchObject({ server: 'https://elsewhere.example', line: { kind: 'asking' } })
    expect(page.view().person).toBeUndefined()
    await soon()
    expect(personOn(page).playlists).toEqual([])
  })

  it('[YE34] what is no message is left aside, and a no is shown until it is dismissed', async () => {
    const page = await world.browser.openPersonPage()
    await soon()
    await page.say({ type: 'command', command: { type: 'hear' } } as { type: string })
    await page.say({ type: 'nonsense' })
    expect(page.view().problem).toBeUndefined()
    await asks(page, { type: 'playlist-delete', playlistId: 'none' })
    expect(page.view().problem?.code).toBeDefined()
    await page.say({ type: 'dismiss-problem' })
    expect(page.view().problem).toBeUndefined()
  })
})

describe('two people', () => {
  it('[YE32] become friends, see each other, and one goes where the other is', async () => {
    const { popup, page, ben, benPopup, benPage, adaId } = await twoFriends()
    expect(personOn(page).friends).toHaveLength(1)
    expect(page.view().seen).toMatchObject([{ presence: 'online' }])
    expect(page.view().seen[0]?.where).toBeUndefined()
    await asks(page, { type: 'set-tells-where', tells: true })
    expect(benPage.view().seen).toMatchObject([{ personId: adaId, where: { code: world.code() } }])
    expect(benPopup.view().you?.friends).toMatchObject([{ personId: adaId, isHere: true }])
    await benPopup.say({ type: 'leave' })
    await world.clock.advance(2_000)
    expect(benPopup.view().you?.friends).toMatchObject([{ personId: adaId, isHere: false }])
    ben.openTab(OTHER_TAB, NEXT, [{ ...FILM, address: NEXT }])
    const other = await ben.openPopup(OTHER_TAB)
    await other.say({ type: 'join-friend', personId: adaId })
    await world.clock.advance(2_000)
    expect(world.inRoom(other)).toMatchObject({ code: world.code(), drives: 'this-tab' })
    expect(world.inRoom(popup).people.map(({ name }) => name)).toEqual(['Ada', 'Ben'])
  })

  it('[YE32] from the page one leaves the room that one is in, and drives the same player', async () => {
    const { page, benPage, ben, benPopup, adaId } = await twoFriends()
    await asks(page, { type: 'set-tells-where', tells: true })
    await benPopup.say({ type: 'leave' })
    await benPopup.say({ type: 'start-room', name: 'Ben' })
    await world.clock.advance(2_000)
    const own = world.inRoom(benPopup).code
    await benPage.say({ type: 'join-friend', personId: adaId })
    await world.clock.advance(2_000)
    expect(own).not.toBe(world.code())
    expect(world.inRoom(benPopup)).toMatchObject({ code: world.code(), drives: 'this-tab' })
    expect(ben.seen.badge).toMatchObject({ text: '2' })
  })

  it('[YE20] write to each other; what is new is counted until it is read', async () => {
    const { popup, page, benPopup, benPage } = await twoInRoom()
    const whom = { kind: 'member', memberId: idOf('Ben') } as const
    await popup.say({ type: 'person-command', command: { type: 'write-message', whom, text: 'Hello' } })
    await soon()
    expect(benPopup.view().you).toMatchObject({ unread: 1 })
    const [talk] = personOn(benPage).conversations
    expect(talk?.messages).toMatchObject([{ mine: false, content: { text: 'Hello' } }])
    await asks(benPage, { type: 'mark-read', whom: { kind: 'person', personId: talk?.person.id ?? '' } })
    expect(benPopup.view().you).toMatchObject({ unread: 0 })
    expect(personOn(page).conversations[0]?.messages).toMatchObject([{ mine: true, content: { text: 'Hello' } }])
  })

  it('[YE22] who blocks is not asked again; a no of the popup’s is shown in the popup', async () => {
    const { popup, benPopup, benPage, adaId } = await twoFriends()
    await asks(benPage, { type: 'block', whom: { kind: 'person', personId: adaId } })
    expect(popup.view().you?.friends).toEqual([])
    await benPopup.say({
      type: 'person-command',
      command: { type: 'ask-friend', whom: { kind: 'member', memberId: idOf('Ada') } },
    })
    await soon()
    expect(benPopup.view().problem).toMatchObject({ kind: 'refused', code: 'blocked-them' })
  })
})

describe('playlists and the room', () => {
  it('[YE23] the queue becomes a playlist, and a playlist goes into the queue', async () => {
    const popup = await world.startedRoom()
    const page = await world.browser.openPersonPage()
    const items = [1, 2, 3].map((n) => ({ content: { address: `${NEXT}${n}`, title: `Part ${n}` } }))
    await popup.say({ type: 'command', command: { type: 'queue-add', items } })
    await soon()
    expect(page.view().room).toMatchObject({ code: world.code(), mayAdd: true, queued: 3 })
    await popup.say({ type: 'save-queue', name: 'Tonight' })
    await soon()
    const [list] = personOn(page).playlists
    expect(list).toMatchObject({ shown: { name: 'Tonight' } })
    expect(list?.items.map(({ content }) => content.title)).toEqual(['Part 1', 'Part 2', 'Part 3'])
    await popup.say({ type: 'command', command: { type: 'queue-clear' } })
    await soon()
    await page.say({ type: 'queue-playlist', playlistId: list?.id ?? '' })
    await soon()
    expect(world.room().queue.items.map(({ content }) => content.title)).toEqual(['Part 1', 'Part 2', 'Part 3'])
  })

  it('[YE23] a long playlist goes in piece by piece, in its order', async () => {
    const popup = await world.startedRoom()
    const page = await world.browser.openPersonPage()
    await soon()
    await asks(page, { type: 'playlist-create', name: 'Long' })
    const playlistId = personOn(page).playlists[0]?.id ?? ''
    for (let from = 0; from < 120; from += 40) {
      const items = Array.from({ length: 40 }, (_, n) => ({
        content: { address: `${NEXT}${from + n}`, title: `Part ${from + n}` },
      }))
      await asks(page, { type: 'playlist-add', playlistId, items })
    }
    await popup.say({ type: 'queue-playlist', playlistId })
    await world.clock.advance(3_000)
    expect(world.room().queue.items.map(({ content }) => content.title)).toEqual(
      Array.from({ length: 120 }, (_, n) => `Part ${n}`),
    )
  })

  it('[YE11] what was played goes into the queue again', async () => {
    const popup = await world.startedRoom()
    const page = await world.browser.openPersonPage()
    await soon()
    await asks(page, { type: 'set-presence', wish: 'busy' })
    const items = ['b', 'c'].map((name) => ({ content: { address: `https://films.example/${name}`, title: name } }))
    await popup.say({ type: 'command', command: { type: 'queue-add', items } })
    for (let turn = 0; turn < 2; turn += 1) {
      await soon()
      await popup.say({ type: 'command', command: { type: 'skip', itemId: world.inRoom(popup).media?.id ?? '' } })
    }
    await soon()
    const [played] = personOn(page).history
    expect(played).toMatchObject({ content: { title: 'b' }, room: { code: world.code() } })
    await page.say({ type: 'queue-played', playedId: played?.id ?? '', atMs: played?.atMs ?? 0 })
    await soon()
    expect(world.room().queue.items).toMatchObject([{ content: { title: 'b' } }])
  })
})

describe('the way to the page', () => {
  it('[YE15] is opened by the popup, at the part that was wished', async () => {
    const popup = await world.browser.openPopup(TAB)
    await popup.say({ type: 'open-you', section: 'messages' })
    expect(world.browser.seen.ownPageOpened).toBe(1)
    const page = await world.browser.openPersonPage()
    expect(page.views.find(({ goTo }) => goTo)?.goTo).toMatchObject({ section: 'messages' })
    const later = await world.browser.openPersonPage()
    await soon()
    expect(later.views.every(({ goTo }) => goTo === undefined)).toBe(true)
  })
})
