/**
 * What the popup over one tab is to draw, out of everything the background knows.
 * Pure: no ports, no browser, and time is an argument. Knows no sentences either; those are the popup's.
 */
import type { RoomClientState } from '../client/room-client'
import type { ClockEstimate } from '../core/clock'
import type { RoomCommand } from '../core/room/command'
import { nobodyCanPlay } from '../core/room/patience'
import { controlOf } from '../core/room/permissions'
import { hostOf, type Member, type MemberId, memberOf, type PublicRoom } from '../core/room/room'
import { latestLine } from '../core/timeline'
import type { PlayerReport } from '../dialects/dialect'
import { foreignLink } from '../dialects/recognise'
import type { PageView, PersonView, Problem, RoomView, View } from '../messages/background-to-popup'
import type { PersonGlance } from '../messages/person-view'
import type { LockedDoor } from '../messages/room-parts'
import type { KnownAnswers } from './answers'
import { inviteLink } from './invite'
import { bestFrame, framesOf, type Pages } from './pages'
import { goToIn, roomParts } from './room-parts'
import { type Site, siteOf } from './site'
import type { TalkState } from './talk'

/** A tab as far as we have looked at it. */
export type Look = {
  readonly state: 'looking' | 'not-allowed' | 'looked'
  readonly site?: Site
  /** May we come back to this site by ourselves? */
  readonly siteAllowed: boolean
}

export type TimedReport = { readonly report: PlayerReport; readonly atMs: number }

export type Doing = 'starting' | 'joining' | 'coming-back'

/** Everything that a view is made of. */
export type Desk = {
  readonly name: string
  readonly server: string
  readonly client: RoomClientState
  readonly doing: Doing
  readonly lockedDoor?: LockedDoor
  /** Who we are at the server in use. */
  readonly key?: string
  /** Our own person there, once it is known. */
  readonly you?: PersonGlance
  readonly talk: TalkState
  readonly answers: KnownAnswers
  /** May this member move the timeline, and does the wire have a way to say it? */
  readonly mayControl: (room: PublicRoom, self: MemberId) => boolean
  /** What the wire in use can say, here and now. */
  readonly can: (room: PublicRoom, self: MemberId) => ReadonlySet<RoomCommand['type']>
  readonly clock?: ClockEstimate
  readonly reports: Readonly<Record<MemberId, TimedReport>>
  /** The last word of the player that is driven here. */
  readonly ownReport?: TimedReport
  readonly nudge: NonNullable<RoomView['nudge']>
  /** The driven tab is led to what becomes current. */
  readonly goesAlong: boolean
  readonly pages: Pages
  readonly looks: Readonly<Record<number, Look>>
  readonly problem?: Problem
}

/** Reports come once a second; one that is older than this is of a player that is gone. */
const REPORT_COUNTS_MS = 5_000

export function viewFor(desk: Desk, tabId: number | undefined, nowMs: number): View {
  const problem = desk.problem ?? noServerProblem(desk.client)
  return {
    name: desk.name,
    server: desk.server,
    page: pageView(desk, tabId),
    room: roomState(desk, tabId, nowMs),
    ...(desk.key !== undefined && { key: desk.key }),
    ...(desk.answers.publicRooms && { publicRooms: desk.answers.publicRooms }),
    ...(desk.you && { you: desk.you }),
    ...(problem && { problem }),
  }
}

function noServerProblem(client: RoomClientState): Problem | undefined {
  return client.kind === 'lost' && !client.everOpened && !client.room
    ? { kind: 'no-server', server: client.server }
    : undefined
}

function pageView({ pages, looks }: Desk, tabId: number | undefined): PageView {
  const look = tabId === undefined ? undefined : looks[tabId]
  const best = bestFrame(pages, tabId)
  if (best) {
    const { title, durationSec, address } = best.offer.player
    const host = look?.site?.host ?? (URL.canParse(address) ? new URL(address).host : '')
    return { kind: 'video', host, title, address, ...(durationSec !== undefined && { durationSec }) }
  }
  if (!look || look.state === 'looking') return { kind: 'looking' }
  if (look.state === 'not-allowed') return { kind: 'not-allowed' }
  if (framesOf(pages, tabId).some((frame) => !frame.offer)) return { kind: 'looking' }
  return { kind: 'no-video', host: look.site?.host ?? '' }
}

function roomState(desk: Desk, tabId: number | undefined, nowMs: number): View['room'] {
  const { client, doing } = desk
  switch (client.kind) {
    case 'outside':
      return { kind: 'outside', ...(desk.lockedDoor && { lockedDoor: desk.lockedDoor }) }
    case 'connecting':
      return { kind: 'connecting', host: hostFrom(client.server), doing }
    case 'in-room':
      return { kind: 'in-room', room: roomView(desk, client.room, client.memberId, client.server, tabId, nowMs) }
    case 'lost': {
      const { room, memberId, server, retryAtMs, attempt } = client
      const host = hostFrom(server)
      if (!room || memberId === undefined) return { kind: 'connecting', host, doing }
      return { kind: 'lost', host, room: roomView(desk, room, memberId, server, tabId, nowMs), retryAtMs, attempt }
    }
  }
}

function foreignIn(client: RoomClientState): Pick<RoomView, 'foreign'> {
  if (client.kind === 'outside' || client.dialect === 'tutti') return {}
  const boundMs = client.kind === 'in-room' ? client.boundMs : undefined
  return { foreign: { system: client.dialect, ...(boundMs !== undefined && { boundMs }) } }
}

function linkTo(client: RoomClientState, server: string, code: string): Pick<RoomView, 'inviteLink'> {
  const dialect = client.kind === 'outside' ? 'tutti' : client.dialect
  const link = dialect === 'tutti' ? inviteLink(server, code) : foreignLink(dialect, server, code)
  return link === undefined ? {} : { inviteLink: link }
}

function hostFrom(server: string): string {
  return URL.canParse(server) ? new URL(server).host : server
}

function roomView(
  desk: Desk,
  room: PublicRoom,
  self: MemberId,
  server: string,
  tabId: number | undefined,
  nowMs: number,
): RoomView {
  const driven = bestFrame(desk.pages, desk.pages.drivenTabId)
  const page = bestFrame(desk.pages, tabId)?.offer.player
  const look = tabId === undefined ? undefined : desk.looks[tabId]
  const media = room.media
  const lastAct = lastActView(room, self)
  const pageAddress = page?.address ?? look?.site?.address
  const named = (id: MemberId) => memberOf(room, id)?.shown.name ?? ''
  return {
    ...roomParts(room, self, {
      can: desk.can(room, self),
      talk: desk.talk,
      answers: desk.answers,
      ...shownIn(desk, tabId),
      ...(page && { pageAddress: page.address }),
    }),
    ...foreignIn(desk.client),
    code: room.code,
    ...linkTo(desk.client, server, room.code),
    ...(media && { title: media.content.title }),
    ...(media && isElsewhere(media.content.address, pageAddress) && { mediaAddress: media.content.address }),
    ...(media?.durationSec !== undefined && { durationSec: media.durationSec }),
    timeline: room.timeline,
    offsetMs: desk.clock?.offsetMs ?? 0,
    ...(lastAct && { lastAct }),
    people: room.members.map((member) => personView(desk, member, self, nowMs)),
    ...(room.waiting && {
      waiting: {
        for: room.waiting.for.map((id) => ({
          name: named(id),
          isSelf: id === self,
          reason: memberOf(room, id)?.suspension?.reason ?? 'buffering',
        })),
        ...(!nobodyCanPlay(room) && { untilMs: room.waiting.untilMs }),
      },
    }),
    patience: room.patience,
    control: controlOf(room),
    mayControl: desk.mayControl(room, self),
    isHost: hostOf(room)?.id === self,
    drives: !driven ? 'nothing' : driven.tabId === tabId ? 'this-tab' : 'other-tab',
    ...(driven && { nudge: desk.nudge }),
    ...(desk.pages.drivenTabId !== undefined && goToIn(room, undefined) && { goesAlong: desk.goesAlong }),
    needsClick: needsClick(desk),
    ...siteToAllow(desk, tabId),
  }
}

/** The page that is held on the timeline, or that would be. */
export function shownIn(
  { pages, looks }: Pick<Desk, 'pages' | 'looks'>,
  tabId: number | undefined,
): { readonly shownAddress?: string } {
  const shownTabId = pages.drivenTabId ?? tabId
  const look = shownTabId === undefined ? undefined : looks[shownTabId]
  const address = bestFrame(pages, shownTabId)?.offer.player.address ?? look?.site?.address
  return address === undefined ? {} : { shownAddress: address }
}

function isElsewhere(mediaAddress: string, pageAddress: string | undefined): boolean {
  const media = siteOf(mediaAddress)
  // The address comes from another member: only what a browser opens as a page is worth a link.
  return media?.pattern !== undefined && media.address !== pageAddress
}

function lastActView(room: PublicRoom, self: MemberId): RoomView['lastAct'] {
  const { lastAct, timeline } = room
  if (!lastAct) return undefined
  const { kind, memberId, fromSec, toSec } = lastAct
  const { rate } = latestLine(timeline)
  if (memberId === undefined) {
    const without = (lastAct.without ?? []).flatMap((id) => {
      const member = memberOf(room, id)
      return member ? [{ name: member.shown.name, isSelf: id === self }] : []
    })
    return { kind, ...(without.length > 0 && { without }), fromSec, toSec, rate }
  }
  const actor = memberOf(room, memberId)
  // Who has left has no name any more, and to say that the room did it by itself would be wrong.
  return actor && { kind, who: { name: actor.shown.name, isSelf: memberId === self }, fromSec, toSec, rate }
}

function personView(desk: Desk, member: Member, self: MemberId, nowMs: number): PersonView {
  const isSelf = member.id === self
  const timed = isSelf ? desk.ownReport : desk.reports[member.id]
  const report = timed && nowMs - timed.atMs < REPORT_COUNTS_MS ? timed.report : undefined
  return {
    id: member.id,
    name: member.shown.name,
    isSelf,
    isHost: member.role === 'host',
    role: member.role,
    ...(member.bot && { isBot: true }),
    ...(member.muted && { muted: member.muted }),
    ...(member.dialect !== 'tutti' && { dialect: member.dialect }),
    status: statusOf(member, report),
  }
}

function statusOf(member: Member, report: PlayerReport | undefined): PersonView['status'] {
  if (member.presence.kind === 'away') return { kind: 'away' }
  if (member.suspension) return { kind: 'held', reason: member.suspension.reason }
  if (!report) return { kind: 'no-report' }
  switch (report.state) {
    case 'playing':
      return report.skewMs === undefined ? { kind: 'settling' } : { kind: 'following', skewMs: report.skewMs }
    case 'paused':
      return { kind: 'paused' }
    case 'buffering':
    case 'ad':
    case 'autoplay-blocked':
    case 'scrubbing':
    case 'away':
    case 'elsewhere':
    case 'error':
      return { kind: 'held', reason: report.state }
  }
}

function needsClick({ client, ownReport }: Desk): boolean {
  if (ownReport?.report.state === 'autoplay-blocked') return true
  return client.kind === 'in-room' && memberOf(client.room, client.memberId)?.suspension?.reason === 'autoplay-blocked'
}

/** Worth asking on the page that is driven, or that might be. */
function siteToAllow(desk: Desk, tabId: number | undefined): Pick<RoomView, 'siteToAllow'> {
  const look = tabId === undefined ? undefined : desk.looks[tabId]
  const { drivenTabId } = desk.pages
  if (!look?.site?.pattern || look.siteAllowed || drivenTabId !== tabId) return {}
  const { pattern } = look.site
  // Leave is given for the whole host, whatever the port.
  return { siteToAllow: { host: new URL(pattern.slice(0, -1)).hostname, pattern } }
}

export type Badge = {
  readonly text: string
  readonly inRoom: boolean
  /** Somebody must do something here. */
  readonly urgent: boolean
}

/** The toolbar button: how many people are here, or that one click is wanted. */
export function badgeFor(desk: Desk): Badge {
  const { client } = desk
  if (client.kind !== 'in-room') return { text: '', inRoom: false, urgent: false }
  if (needsClick(desk)) return { text: '!', inRoom: true, urgent: true }
  return { text: String(client.room.members.length), inRoom: true, urgent: false }
}
