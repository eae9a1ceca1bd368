/**
 * One's own person at the server in use: its copy as the line to the server has it, for pages and popups, and what they ask for it.
 * Nothing is shown before it came round. How the line is kept is the client's; here it is said who to be, where, and when.
 */
import { createPersonLine, type PersonLineDeps } from '../client/person-line'
import type { PersonOutput, RoomClient, RoomClientState } from '../client/room-client'
import type { PersonCommand } from '../core/person/command'
import { type Refusal, refuse } from '../core/room/refusal'
import { ROOM_LIMITS } from '../core/room/room'
import type { PersonToBackground } from '../messages/person-to-background'
import type { PersonGlance, PersonPageView, Section } from '../messages/person-view'
import type { MessagePort } from '../platform/port'
import type { Keys } from './keys'
import { createPersonPages } from './person-pages'
import { glanceOf, roomAt } from './person-view'

export type PersonDesk = {
  pageOpened(port: MessagePort): void
  /** What came for it over the connection of the room. */
  heardInRoom(output: PersonOutput): void
  /** Brings the line and the pages to what is so now. `server`: the one of the settings. */
  settle(now: { readonly server: string; readonly popupOpen: boolean }): void
  /** Absent until the server has said who we are. */
  glance(): PersonGlance | undefined
  command(command: PersonCommand): Promise<Refusal | undefined>
  /** With the player of this tab, or the one that is driven already. */
  joinFriend(personId: string, tabId: number | undefined): Refusal | undefined
  queuePlaylist(playlistId: string): Promise<Refusal | undefined>
  /** What waits in the queue as a new playlist. */
  saveQueue(name: string): Promise<Refusal | undefined>
  open(section: Section): void
}

export type PersonDeskDeps = Omit<PersonLineDeps, 'onToken' | 'askInRoom'> & {
  readonly keys: Keys
  readonly room: Pick<RoomClient, 'command' | 'person' | 'state' | 'retryNow'>
  /** Out of the room that we are in, into this one. */
  readonly enterRoom: (server: string, code: string, tabId: number | undefined) => void
  readonly openPage: () => void
}

export function createPersonDesk(deps: PersonDeskDeps): PersonDesk {
  const { keys, room, clock, onChange } = deps
  const line = createPersonLine({
    ...deps,
    askInRoom: (ask, wish) => room.person(ask, wish),
    onToken: (at, token) => keys.keep(at, token),
  })
  let server = ''
  let problem: Refusal | undefined
  let goTo: PersonPageView['goTo']

  const pages = createPersonPages({ onMessage: (message, answer) => void handle(message, answer), onChange })

  const known = () => {
    const state = line.state()
    return state.kind === 'closed' ? undefined : state.known
  }

  /** A no is shown on the page until the next yes. */
  const showOutcome = (refusal: Refusal | undefined): void => {
    problem = refusal
    onChange()
  }

  async function handle(message: PersonToBackground, tell: (view: PersonPageView) => void): Promise<void> {
    switch (message.type) {
      case 'command':
        showOutcome(await line.command(message.command))
        return
      case 'join-friend':
        showOutcome(joinFriend(message.personId, undefined))
        return
      case 'queue-playlist':
        showOutcome(await queuePlaylist(message.playlistId))
        return
      case 'queue-played':
        showOutcome(await queuePlayed(message))
        return
      case 'export': {
        const outcome = await line.exportAll()
        if ('code' in outcome) showOutcome(outcome)
        else
          tell({ ...view(), exported: { number: clock.nowMs(), text: `${JSON.stringify(outcome, undefined, 2)}\n` } })
        return
      }
      case 'retry':
        line.retryNow()
        room.retryNow()
        return
      case 'dismiss-problem':
        showOutcome(undefined)
    }
  }

  function joinFriend(personId: string, tabId: number | undefined): Refusal | undefined {
    const code = known()?.friends.find((friend) => friend.personId === personId)?.where?.code
    if (code === undefined) return refuse('no-such-room')
    if (roomAt(server, room.state())?.code !== code) deps.enterRoom(server, code, tabId)
    return undefined
  }

  /** In pieces as long as the room takes at once. What is in the queue already is left out by the room. */
  async function queuePlaylist(playlistId: string): Promise<Refusal | undefined> {
    const items = known()?.person.playlists.find(({ id }) => id === playlistId)?.items ?? []
    for (let from = 0; from < items.length; from += ROOM_LIMITS.itemsAtOnce) {
      const piece = items.slice(from, from + ROOM_LIMITS.itemsAtOnce).map(({ id: _, number: __, ...wish }) => wish)
      const refusal = await room.command({ type: 'queue-add', items: piece })
      if (refusal && refusal.code !== 'already-queued') return refusal
    }
    return undefined
  }

  async function queuePlayed({ playedId, atMs }: { playedId: string; atMs: number }): Promise<Refusal | undefined> {
    const played = known()?.person.history.find((each) => each.id === playedId && each.atMs === atMs)
    if (!played) return refuse('no-such-item')
    const { content, durationSec } = played
    return room.command({ type: 'queue-add', items: [{ content, ...(durationSec !== undefined && { durationSec }) }] })
  }

  async function saveQueue(name: string): Promise<Refusal | undefined> {
    const before = new Set(known()?.person.playlists.map(({ id }) => id))
    const refusal = await line.command({ type: 'playlist-create', name })
    if (refusal) return refusal
    const made = known()?.person.playlists.find(({ id }) => !before.has(id))
    return made && line.command({ type: 'playlist-import', playlistId: made.id })
  }

  const view = (): PersonPageView => {
    const { kind } = line.state()
    const now = known()
    const here = roomAt(server, room.state())
    return {
      server,
      line: { kind: kind === 'open' ? 'connected' : kind === 'lost' ? 'lost' : 'asking' },
      ...(now && { person: now.person }),
      seen: now?.friends ?? [],
      ...(here && { room: here }),
      ...(problem && { problem }),
    }
  }

  return {
    pageOpened: (port) => pages.opened(port),
    heardInRoom: (output) => line.heardInRoom(output),

    settle(now) {
      const place = placeOf(room.state())
      const inUse = place?.server ?? now.server
      if (inUse !== server) problem = undefined
      server = inUse
      const key = keys.at(server)
      // A popup looks only where one is somebody already: a page is asked for, a popup is open for other things, too.
      // In a room it stays, over the room's connection: the whole person need not be told anew with every look.
      const looks = now.popupOpen || (place !== undefined && line.state().kind !== 'closed')
      // On the way into a room there will soon be its connection.
      const isOnTheWay = room.state().kind === 'connecting'
      const isWanted = pages.isOpen() || (looks && key !== undefined && !isOnTheWay)
      line.be(
        isWanted ? { server, ...(key !== undefined && { token: key }), ...(place && { room: place.room }) } : undefined,
      )
      if (!pages.isOpen()) return
      pages.show({ ...view(), ...(goTo && { goTo }) })
      // A page that is opened later was not meant.
      goTo = undefined
    },

    glance() {
      const now = known()
      return now && glanceOf(now, roomAt(server, room.state()))
    },

    command: (command) => line.command(command),
    joinFriend,
    queuePlaylist,
    saveQueue,

    open(section) {
      goTo = { number: clock.nowMs(), section }
      deps.openPage()
      onChange()
    },
  }
}

/** Where our own wire is spoken; other systems know nothing of people. */
function placeOf(state: RoomClientState): { readonly server: string; readonly room: 'in' | 'lost' } | undefined {
  if ((state.kind !== 'in-room' && state.kind !== 'lost') || state.dialect !== 'tutti') return undefined
  return { server: state.server, room: state.kind === 'in-room' ? 'in' : 'lost' }
}
