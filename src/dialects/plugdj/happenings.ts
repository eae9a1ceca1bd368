/**
 * What happens in a room as events of this wire. What is played, and where it is, is `playing.ts`.
 * Who did something is told where the server knows it; else it is nobody (0).
 * Pure; what this wire has no word for makes no event.
 */
import type { ChatLine, Notice } from '../../core/room/chat-line'
import type { RoomEvent } from '../../core/room/event'
import { isConnected, type Member, type MemberId, memberOf, type PublicRoom } from '../../core/room/room'
import { escapeText } from './escaping'
import { banLetter, muteLetter, muteReasonNumber, plugRoleOf } from './grades'
import { isGuest, numberOfMember, userOf, waitingIds } from './objects'

export type Happening = { readonly a: string; readonly p: unknown; readonly onDashboard?: true }

export type Happened = {
  readonly event: RoomEvent
  readonly before: PublicRoom
  readonly after: PublicRoom
  readonly by?: MemberId
  /** Under which name a line was told here. */
  readonly cidOf: (lineId: string) => string | undefined
}

export function happeningsOf(happened: Happened): readonly Happening[] {
  const { event, before, after } = happened
  switch (event.type) {
    case 'member-joined':
      return [came(event.member)]
    case 'member-back':
      return withMember(after, event.memberId, (member) => [came(member)])
    case 'member-away':
      return withMember(after, event.memberId, (member) => [went(member)])
    case 'member-left':
      return withMember(before, event.memberId, (member) => (isConnected(member) ? [went(member)] : []))
    case 'member-renamed':
      return withMember(before, event.memberId, ({ number, shown }) => [
        { a: 'nameChangedRoom', p: { i: number, o: escapeText(shown.name), n: escapeText(event.name) } },
      ])
    case 'host-changed':
    case 'role-changed':
      return roleChanged(happened)
    case 'settings-changed':
      return settingsChanged(happened)
    case 'booth-changed':
      return boothChanged(happened)
    case 'item-played':
      return event.played.skipped ? skipped(happened) : []
    case 'item-voted':
      return event.itemId === after.media?.id && event.vote !== 0
        ? [{ a: 'vote', p: { i: numberOfMember(after, event.memberId), v: event.vote } }]
        : []
    case 'item-grabbed':
      return event.itemId === after.media?.id ? [{ a: 'grab', p: numberOfMember(after, event.memberId) }] : []
    case 'chat-said':
      return said(after, event.line)
    case 'line-deleted': {
      const cid = happened.cidOf(event.lineId)
      return cid === undefined ? [] : [{ a: 'chatDelete', p: { c: cid, mi: moderator(happened).mi } }]
    }
    default:
      return []
  }
}

export function cidOf(room: PublicRoom, line: ChatLine): string {
  return `${numberOfMember(room, line.memberId)}-${Math.floor(line.atMs)}`
}

/** A line of somebody; `/me` marks what they do. */
export function chatOf(room: PublicRoom, line: ChatLine): object {
  const { kind, content, memberId } = line
  return {
    message: escapeText(kind === 'emote' ? `/me ${content.text}` : content.text),
    un: escapeText(content.name ?? ''),
    cid: cidOf(room, line),
    uid: numberOfMember(room, memberId),
    sub: 0,
  }
}

function came(member: Member): Happening {
  return { a: 'userJoin', p: userOf(member) }
}

/** A guest has no id that anybody was told. */
function went(member: Member): Happening {
  return { a: 'userLeave', p: isGuest(member) ? 0 : member.number }
}

function withMember(
  room: PublicRoom,
  id: MemberId,
  tell: (member: Member) => readonly Happening[],
): readonly Happening[] {
  const member = memberOf(room, id)
  return member ? tell(member) : []
}

function moderator({ before, after, by }: Happened): { readonly m: string; readonly mi: number } {
  const member = memberOf(after, by) ?? memberOf(before, by)
  return { m: escapeText(member?.shown.name ?? ''), mi: member?.number ?? 0 }
}

/** Several at once when the host hands on the role. Whoever was a guest and is none any more comes in under a name. */
function roleChanged(happened: Happened): readonly Happening[] {
  const { before, after } = happened
  const changed = after.members.filter((member) => memberOf(before, member.id)?.role !== member.role)
  const named = changed.flatMap((member) => {
    const was = memberOf(before, member.id)
    return was && isConnected(member) && isGuest(was) !== isGuest(member) ? [went(was), came(member)] : []
  })
  const u = changed
    .filter((member) => plugRoleOf(member.role) !== plugRoleOf(memberOf(before, member.id)?.role ?? 'guest'))
    .map(({ shown, number, role }) => ({ n: escapeText(shown.name), i: number, p: plugRoleOf(role) }))
  return [...named, ...(u.length > 0 ? [{ a: 'modStaff', p: { ...moderator(happened), u } }] : [])]
}

function settingsChanged(happened: Happened): readonly Happening[] {
  const { settings: was } = happened.before
  const { settings: is } = happened.after
  const mod = moderator(happened)
  const happenings: Happening[] = []
  const tell = (isSo: boolean, a: string, p: object): void => {
    if (isSo) happenings.push({ a, p })
  }
  tell(was.shown.title !== is.shown.title, 'roomNameUpdate', { n: escapeText(is.shown.title), u: mod.mi })
  tell(was.shown.description !== is.shown.description, 'roomDescriptionUpdate', {
    d: escapeText(is.shown.description),
    u: mod.mi,
  })
  tell(was.shown.welcome !== is.shown.welcome, 'roomWelcomeUpdate', { w: escapeText(is.shown.welcome), u: mod.mi })
  tell(was.cycle !== is.cycle, 'djListCycle', { f: is.cycle, c: is.cycle, ...mod })
  tell(was.djsLocked !== is.djsLocked, 'djListLocked', { f: is.djsLocked, c: false, ...mod })
  return happenings
}

/** Who was put into the line, out of it or elsewhere in it by somebody else, and the line as it is now. */
function boothChanged(happened: Happened): readonly Happening[] {
  const { before, after, by } = happened
  const was = waitingIds(before)
  const is = waitingIds(after)
  const mod = moderator(happened)
  const happenings: Happening[] = []
  const inBooth = ({ booth }: PublicRoom, id: MemberId): boolean => booth.playing === id || booth.waiting.includes(id)
  for (const { id, shown } of by === undefined ? [] : after.members) {
    if (id === by || inBooth(before, id) === inBooth(after, id) || hadTheirTurn(before, id)) continue
    const t = escapeText(shown.name)
    if (inBooth(after, id)) happenings.push({ a: 'modAddDJ', p: { ...mod, t } })
    else happenings.push({ a: 'modRemoveDJ', p: { ...mod, t, d: before.booth.playing === id } })
  }
  const moved = movedIn(before.booth.waiting, after.booth.waiting)
  if (moved && by !== undefined && before.booth.playing === after.booth.playing) {
    const { id, from, to } = moved
    const u = escapeText(memberOf(after, id)?.shown.name ?? '')
    happenings.push({ a: 'modMoveDJ', p: { ...mod, u, o: from, n: to } })
  }
  return was.join() === is.join() ? happenings : [...happenings, { a: 'djListUpdate', p: is }]
}

/** What they played is over and noted: nobody takes them out who then leaves the line. */
function hadTheirTurn({ booth, history, media }: PublicRoom, id: MemberId): boolean {
  return booth.playing === id && history[0]?.itemId === media?.id
}

/** The one that changed its place, where all the same wait in another order. */
function movedIn(
  was: readonly MemberId[],
  is: readonly MemberId[],
): { readonly id: MemberId; readonly from: number; readonly to: number } | undefined {
  if (was.length !== is.length || was.join() === is.join()) return undefined
  for (const id of is) {
    const without = (ids: readonly MemberId[]): string => ids.filter((each) => each !== id).join()
    if (was.includes(id) && without(was) === without(is)) return { id, from: was.indexOf(id), to: is.indexOf(id) }
  }
  return undefined
}

/** By the DJ it is a skip of their own; by nobody it was voted, or the DJ has gone. */
function skipped(happened: Happened): readonly Happening[] {
  const { before, by } = happened
  if (by === undefined || !memberOf(before, by) || before.skipVotes.includes(by)) return []
  return before.booth.playing === by || before.media?.addedBy === by
    ? [{ a: 'skip', p: numberOfMember(before, by) }]
    : [{ a: 'modSkip', p: moderator(happened) }]
}

function said(room: PublicRoom, line: ChatLine): readonly Happening[] {
  if (line.kind !== 'system') return [{ a: 'chat', p: chatOf(room, line) }]
  const { notice, text } = line.content
  const words: Happening = { a: 'plugMessage', p: escapeText(text), onDashboard: true }
  return notice ? noticed(room, notice, line.atMs, words) : [words]
}

function noticed(room: PublicRoom, notice: Notice, atMs: number, words: Happening): readonly Happening[] {
  const { what, name, byName = '', untilMs, reason } = notice
  const named = (wanted: string): Member | undefined => room.members.find(({ shown }) => shown.name === wanted)
  const mod = { m: escapeText(byName), mi: named(byName)?.number ?? 0 }
  const t = escapeText(name)
  const forMs = untilMs === undefined ? undefined : untilMs - atMs
  switch (what) {
    case 'kicked':
      return [words]
    case 'banned':
      return [{ a: 'modBan', p: { ...mod, t, d: banLetter(forMs) } }]
    case 'muted':
      return [
        {
          a: 'modMute',
          p: { ...mod, i: named(name)?.number ?? 0, t, r: muteReasonNumber(reason), d: muteLetter(forMs) },
        },
      ]
    case 'unmuted':
      return [{ a: 'modMute', p: { ...mod, i: named(name)?.number ?? 0, t, r: 1, d: 'o' } }]
  }
}
