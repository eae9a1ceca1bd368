import { describe, expect, it } from 'vitest'
import { NO_PAGES, withDriven, withFrame, withOffer } from '../../src/background/pages'
import { QUIET } from '../../src/background/talk'
import { badgeFor, type Desk, type Look, viewFor } from '../../src/background/view'
import { mayControl } from '../../src/core/room/permissions'
import type { PublicRoom } from '../../src/core/room/room'
import { tuttiClient } from '../../src/dialects'
import type { RoomView, View } from '../../src/messages/background-to-popup'
import { aRoom } from '../core/room/a-room'

const TAB = 7
const OTHER_TAB = 8
const ADDRESS = 'https://films.example/a'
const SERVER = 'https://tutti.example:8443'
const PLAYER = { title: 'Film', address: ADDRESS, durationSec: 600, positionSec: 0, rate: 1, playing: false, score: 1 }

const SITE = { host: 'films.example', pattern: 'https://films.example/*', address: ADDRESS }
const LOOKED: Look = { state: 'looked', site: SITE, siteAllowed: false }

function aDesk(changes: Partial<Desk> = {}): Desk {
  return {
    name: 'Ada',
    server: SERVER,
    client: { kind: 'outside' },
    doing: 'joining',
    mayControl,
    can: (room, self) => tuttiClient.can(room, self),
    talk: QUIET,
    answers: {},
    reports: {},
    nudge: { nudgeMs: 0 },
    goesAlong: true,
    pages: NO_PAGES,
    looks: {},
    ...changes,
  }
}

/** A room with a film, that two people are in; the first is this one. */
function twoPeople(address = ADDRESS) {
  const room = aRoom({ media: { durationSec: 600, content: { title: 'Film', address } } })
  const [self, other] = [room.joins('Ada'), room.joins('Ben')]
  return { room, self, other }
}

function inRoom(room: PublicRoom, memberId: string, changes: Partial<Desk> = {}): Desk {
  return aDesk({ client: { kind: 'in-room', dialect: 'tutti', server: SERVER, memberId, room }, ...changes })
}

const offering = withOffer(withFrame(NO_PAGES, 1, TAB, 0), 1, PLAYER, 0)

function roomIn(view: View): RoomView {
  if (view.room.kind !== 'in-room') throw new Error(`the view is ${view.room.kind}`)
  return view.room.room
}

describe('what the popup is told of the page under it', () => {
  const pageOf = (changes: Partial<Desk>) => viewFor(aDesk(changes), TAB, 0).page

  it('[B2] is looked at until every frame has said what it has', () => {
    expect(pageOf({})).toEqual({ kind: 'looking' })
    expect(pageOf({ looks: { [TAB]: { state: 'looking', siteAllowed: false } } })).toEqual({ kind: 'looking' })
    expect(pageOf({ looks: { [TAB]: LOOKED }, pages: withFrame(NO_PAGES, 1, TAB, 0) })).toEqual({ kind: 'looking' })
  })

  it('[B2] has a video, none, or does not let us in', () => {
    expect(pageOf({ looks: { [TAB]: LOOKED }, pages: offering })).toEqual({
      kind: 'video',
      host: 'films.example',
      title: 'Film',
      address: ADDRESS,
      durationSec: 600,
    })
    expect(pageOf({ looks: { [TAB]: LOOKED } })).toEqual({ kind: 'no-video', host: 'films.example' })
    expect(pageOf({ looks: { [TAB]: { state: 'not-allowed', siteAllowed: false } } })).toEqual({ kind: 'not-allowed' })
  })
})

describe('what the popup is told of the room', () => {
  it('[B10] connecting says what for, and to whom', () => {
    const client = {
      kind: 'connecting',
      dialect: 'tutti',
      server: SERVER,
      door: { kind: 'code', code: 'k7m2qp' },
    } as const
    expect(viewFor(aDesk({ client, doing: 'coming-back' }), TAB, 0).room).toEqual({
      kind: 'connecting',
      host: 'tutti.example:8443',
      doing: 'coming-back',
    })
  })

  it('[B11] a server that never answered is said while it is tried on', () => {
    const client = {
      kind: 'lost',
      dialect: 'tutti',
      server: SERVER,
      attempt: 1,
      retryAtMs: 9,
      everOpened: false,
    } as const
    const view = viewFor(aDesk({ client }), TAB, 0)
    expect(view.room.kind).toBe('connecting')
    expect(view.problem).toEqual({ kind: 'no-server', server: SERVER })
  })

  it('[B10] a lost room stays on show, with the next try', () => {
    const { room, self } = twoPeople()
    const client = {
      kind: 'lost',
      dialect: 'tutti',
      server: SERVER,
      memberId: self.id,
      room: room.room(),
      attempt: 2,
      retryAtMs: 9,
      everOpened: true,
    } as const
    const view = viewFor(aDesk({ client }), TAB, 0)
    expect(view.room).toMatchObject({ kind: 'lost', host: 'tutti.example:8443', attempt: 2, retryAtMs: 9 })
    expect(view.problem).toBeUndefined()
  })

  it('[B10] names the room, how to invite, and who may act', () => {
    const { room, self, other } = twoPeople()
    room.asks('Ada', { type: 'set-control', control: 'host' })
    const looks = { [TAB]: LOOKED }
    expect(roomIn(viewFor(inRoom(room.room(), self.id, { looks }), TAB, 0))).toMatchObject({
      code: 'k7m2qp',
      inviteLink: `${SERVER}/j/k7m2qp`,
      title: 'Film',
      durationSec: 600,
      control: 'host',
      isHost: true,
      mayControl: true,
    })
    expect(roomIn(viewFor(inRoom(room.room(), other.id), TAB, 0))).toMatchObject({ isHost: false, mayControl: false })
  })

  it('[B10] says where the film plays only when it is not here, and only if it is a page', () => {
    const mediaAddress = (address: string) => {
      const { room, self } = twoPeople(address)
      return roomIn(viewFor(inRoom(room.room(), self.id, { looks: { [TAB]: LOOKED } }), TAB, 0)).mediaAddress
    }
    expect(mediaAddress(ADDRESS)).toBeUndefined()
    expect(mediaAddress(`${ADDRESS}#t=10`)).toBeUndefined()
    expect(mediaAddress('https://films.example/b')).toBe('https://films.example/b')
    expect(mediaAddress('javascript:alert(1)')).toBeUndefined()
    expect(mediaAddress('no address')).toBeUndefined()
  })

  it('[B10] says who moved the timeline last, and nothing of somebody who left since', () => {
    const { room, self } = twoPeople()
    room.asks('Ben', { type: 'seek', positionSec: 40 })
    expect(roomIn(viewFor(inRoom(room.room(), self.id), TAB, 0)).lastAct).toEqual({
      kind: 'seek',
      who: { name: 'Ben', isSelf: false },
      fromSec: 0,
      toSec: 40,
      rate: 1,
    })
    room.asks('Ben', { type: 'leave' })
    expect(roomIn(viewFor(inRoom(room.room(), self.id), TAB, 0)).lastAct).toBeUndefined()
  })

  it('[B10] says for whom the room waits, and until when if there is anybody to go on for', () => {
    const { room, self, other } = twoPeople()
    room.asks('Ada', { type: 'play', positionSec: 0 })
    room.passes(2000)
    room.asks('Ben', { type: 'suspend', reason: 'buffering' })
    const waiting = room.room().waiting
    expect(waiting?.for).toEqual([other.id])
    expect(roomIn(viewFor(inRoom(room.room(), self.id), TAB, 0)).waiting).toEqual({
      for: [{ name: 'Ben', isSelf: false, reason: 'buffering' }],
      untilMs: waiting?.untilMs,
    })
    room.asks('Ada', { type: 'suspend', reason: 'ad' })
    expect(roomIn(viewFor(inRoom(room.room(), self.id), TAB, 0)).waiting).not.toHaveProperty('untilMs')
  })

  it('[B10] says how long the room waits, and whom it went on without, unless they left', () => {
    const { room, self } = twoPeople()
    room.asks('Ada', { type: 'set-patience', patience: { mostSec: 5, reasons: ['ad'] } })
    room.asks('Ada', { type: 'play', positionSec: 0 })
    room.asks('Ben', { type: 'suspend', reason: 'ad' })
    room.passes(5000)
    const shown = () => roomIn(viewFor(inRoom(room.room(), self.id), TAB, 0))
    expect(shown().patience).toEqual({ mostSec: 5, reasons: ['ad'] })
    expect(shown().lastAct).toMatchObject({ kind: 'go-on', without: [{ name: 'Ben', isSelf: false }] })
    room.asks('Ben', { type: 'leave' })
    expect(shown().lastAct).toMatchObject({ kind: 'go-on' })
    expect(shown().lastAct?.without).toBeUndefined()
  })
})

describe('how people stand', () => {
  const statuses = (
    changes: Partial<Desk>,
    nowMs: number,
    act: (room: ReturnType<typeof aRoom>) => void = () => {},
  ) => {
    const { room, self, other } = twoPeople()
    act(room)
    const desk = inRoom(room.room(), self.id, changes)
    const people = roomIn(viewFor(desk, TAB, nowMs)).people
    return { people, own: people.find(({ id }) => id === self.id), other: people.find(({ id }) => id === other.id) }
  }
  const reportOf = (state: 'playing' | 'paused', skewMs?: number) => ({
    report: { positionSec: 1, state, ...(skewMs !== undefined && { skewMs }) },
    atMs: 1000,
  })

  it('[B13] nothing is known before a report, and of a report that is 5 s old', () => {
    const { other } = twoPeople()
    expect(statuses({}, 0).other?.status).toEqual({ kind: 'no-report' })
    const reports = { [other.id]: reportOf('playing', 12) }
    expect(statuses({ reports }, 5999).other?.status).toEqual({ kind: 'following', skewMs: 12 })
    expect(statuses({ reports }, 6000).other?.status).toEqual({ kind: 'no-report' })
  })

  it('[B13] a player that plays and can not say yet how far off it is, is getting there', () => {
    const { other } = twoPeople()
    const reports = { [other.id]: reportOf('playing') }
    expect(statuses({ reports }, 2000).other?.status).toEqual({ kind: 'settling' })
  })

  it('[B13] the own player speaks for itself', () => {
    const { self } = twoPeople()
    const reports = { [self.id]: reportOf('playing', 500) }
    expect(statuses({ reports, ownReport: reportOf('playing', -3) }, 1000).own?.status).toEqual({
      kind: 'following',
      skewMs: -3,
    })
    expect(statuses({ reports }, 1000).own?.status).toEqual({ kind: 'no-report' })
    expect(statuses({ ownReport: reportOf('paused') }, 1000).own?.status).toEqual({ kind: 'paused' })
  })

  it('[B13] away and held go before what was reported', () => {
    const { other } = twoPeople()
    const reports = { [other.id]: reportOf('playing', 12) }
    expect(
      statuses({ reports }, 1000, (room) => room.asks('Ben', { type: 'suspend', reason: 'ad' })).other?.status,
    ).toEqual({ kind: 'held', reason: 'ad' })
    expect(statuses({ reports }, 1000, (room) => room.asks('Ben', { type: 'go-away' })).other?.status).toEqual({
      kind: 'away',
    })
  })
})

describe('what holds the own player', () => {
  const driving = (tabId: number) => withDriven(withOffer(withFrame(NO_PAGES, 1, tabId, 0), 1, PLAYER, 0), tabId)
  const roomWith = (changes: Partial<Desk>) => {
    const { room, self } = twoPeople()
    return roomIn(viewFor(inRoom(room.room(), self.id, changes), TAB, 0))
  }

  it('[B14] this tab, another, or nothing', () => {
    expect(roomWith({ pages: driving(TAB) }).drives).toBe('this-tab')
    expect(roomWith({ pages: driving(OTHER_TAB) }).drives).toBe('other-tab')
    expect(roomWith({ pages: withDriven(NO_PAGES, TAB) }).drives).toBe('nothing')
    expect(roomWith({ pages: offering }).drives).toBe('nothing')
  })

  it('[B15] asks for the driven site while it is not allowed, and for no other', () => {
    const looks = { [TAB]: LOOKED }
    expect(roomWith({ pages: driving(TAB), looks }).siteToAllow).toEqual({
      host: 'films.example',
      pattern: 'https://films.example/*',
    })
    expect(roomWith({ pages: driving(OTHER_TAB), looks }).siteToAllow).toBeUndefined()
    expect(roomWith({ pages: driving(TAB), looks: { [TAB]: { ...LOOKED, siteAllowed: true } } }).siteToAllow).toBe(
      undefined,
    )
  })

  it('[B16] the badge counts people, and calls when the browser wants a click', () => {
    const { room, self } = twoPeople()
    expect(badgeFor(aDesk())).toEqual({ text: '', inRoom: false, urgent: false })
    expect(badgeFor(inRoom(room.room(), self.id))).toEqual({ text: '2', inRoom: true, urgent: false })
    const ownReport = { report: { positionSec: 0, state: 'autoplay-blocked' as const }, atMs: 0 }
    expect(badgeFor(inRoom(room.room(), self.id, { ownReport }))).toEqual({ text: '!', inRoom: true, urgent: true })
    expect(roomWith({ ownReport }).needsClick).toBe(true)
  })
})
