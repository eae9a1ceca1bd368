/**
 * An OpenSyncParty room as its client knows it: people as they are listed, the host, the film, and where the host was last heard to be.
 * Pure. Lines are in this side's own time: the generation of the document stamps nothing. Knows no socket and no waiting.
 */
import * as z from 'zod/mini'
import { type Arrivals, hearWord } from '../../core/arrivals'
import { foreignItem, foreignMember, foreignRoom, withChange, withLine } from '../../core/room/foreign-room'
import { tableFor } from '../../core/room/role'
import {
  type Act,
  hostOf,
  type Member,
  type MemberId,
  memberOf,
  type PublicRoom,
  ROOM_LIMITS,
} from '../../core/room/room'
import { latestLine, positionAt } from '../../core/timeline'
import type { Envelope, Payload } from './frames'

export type Inside = {
  readonly room: PublicRoom
  readonly self: MemberId
  readonly arrivals?: Arrivals
  /** Something has been said of where the room is since we came in. */
  readonly isFresh: boolean
}

const DIALECT = 'opensyncparty'
const MOST_PEOPLE = 200

const text = (longest: number) => z.string().check(z.maxLength(longest))
const participant = z.object({
  client_id: text(200),
  name: z.optional(z.nullable(text(1_000))),
  is_host: z.optional(z.unknown()),
})
const playing = z.object({
  position: z.number().check(z.gte(0), z.lte(ROOM_LIMITS.maxPositionSec)),
  play_state: z.unknown(),
})

export function enteredRoom(
  was: Inside | undefined,
  code: string,
  self: MemberId,
  name: string,
  payload: Payload,
  nowMs: number,
): Inside {
  const control = payload.options?.free_play === true ? 'everyone' : 'host'
  const known = was?.room.code === code ? was.room : undefined
  const room = known ?? foreignRoom({ dialect: DIALECT, code, control, nowMs })
  const { media_url: address = '' } = payload
  const media = address === '' ? undefined : foreignItem({ id: address, content: { address, title: address } })
  const listed = readPeople(payload.participants)
  const people = listed.length > 0 ? listed : [personOf(self, name, payload.host_id === self)]
  const members = withHost(people, payload.host_id)
  const inside: Inside = {
    room: withChange(room, { members, media, permissions: tableFor(control) }),
    self,
    isFresh: was?.isFresh ?? false,
  }
  const state = playing.safeParse(payload.state)
  if (!state.success) return inside
  const word = { positionSec: state.data.position, playing: state.data.play_state === 'playing', atMs: nowMs }
  return moved(inside, { ...word, isAct: true }, nowMs)
}

export function listed(inside: Inside, participants: unknown): Inside {
  const members = readPeople(participants)
  return members.length === 0 ? inside : withMembers(inside, members)
}

export function joined(inside: Inside, id: MemberId, name: string): Inside {
  const others = inside.room.members.filter((member) => member.id !== id)
  return withMembers(inside, [...others, personOf(id, name, false)])
}

export function left(inside: Inside, id: MemberId): Inside {
  return withMembers(
    inside,
    inside.room.members.filter((member) => member.id !== id),
  )
}

export function ledBy(inside: Inside, hostId: MemberId): Inside {
  // The host before is gone, or a viewer by now; the next list says which.
  return withMembers(inside, withHost(inside.room.members, hostId))
}

/** What somebody said of where the room is, as old as half the way there and back. */
export function heard(
  inside: Inside,
  said: {
    readonly positionSec?: number
    readonly playing: boolean
    readonly act?: Act['kind']
    readonly by?: MemberId
  },
  halfMs: number,
  nowMs: number,
): Inside {
  const here = positionAt(latestLine(inside.room.timeline), nowMs)
  const positionSec = said.positionSec === undefined ? here : said.positionSec + (said.playing ? halfMs / 1000 : 0)
  const member = memberOf(inside.room, said.by)
  const act = said.act && { kind: said.act, ...(member && { memberId: member.id }) }
  const word = { positionSec, playing: said.playing, atMs: nowMs, isAct: said.act !== undefined }
  return { ...moved(inside, word, nowMs, act), isFresh: true }
}

/** An act or a report of somebody else. One that says no position reports nothing: the host's own overlay sends such. */
export function told(inside: Inside, frame: Envelope, payload: Payload, halfMs: number, nowMs: number): Inside {
  const { action, position, target_position: target, play_state: playState } = payload
  const { playing } = latestLine(inside.room.timeline)
  const by = frame.client
  if (frame.type === 'force_resync') {
    return target === undefined
      ? inside
      : heard(inside, { positionSec: target, playing, act: 'seek', by }, halfMs, nowMs)
  }
  if (frame.type === 'state_update') {
    if (position === undefined) return inside
    return heard(
      inside,
      { positionSec: position, playing: playState === undefined ? playing : playState === 'playing' },
      halfMs,
      nowMs,
    )
  }
  if (action === undefined) return inside
  const plays = action === 'seek' ? playing : action === 'play'
  return heard(
    inside,
    { ...(position !== undefined && { positionSec: position }), playing: plays, act: action, by },
    halfMs,
    nowMs,
  )
}

function moved(
  inside: Inside,
  word: Parameters<typeof hearWord>[1],
  nowMs: number,
  act?: Pick<Act, 'kind' | 'memberId'>,
): Inside {
  const arrivals = hearWord(inside.arrivals, word)
  if (arrivals.line === inside.arrivals?.line && !act) return { ...inside, arrivals }
  return { ...inside, arrivals, room: withLine(inside.room, arrivals.line, nowMs, act) }
}

export function isHost({ room, self }: Inside): boolean {
  return hostOf(room)?.id === self
}

function withMembers(inside: Inside, members: readonly Member[]): Inside {
  return { ...inside, room: withChange(inside.room, { members }) }
}

function readPeople(participants: unknown): readonly Member[] {
  if (!Array.isArray(participants)) return []
  const people = participants.slice(0, MOST_PEOPLE).flatMap((each: unknown) => {
    const read = participant.safeParse(each)
    return read.success ? [personOf(read.data.client_id, read.data.name ?? '', read.data.is_host === true)] : []
  })
  return [...new Map(people.map((member) => [member.id, member])).values()]
}

function personOf(id: MemberId, name: string, leads: boolean): Member {
  return foreignMember({ id, name, role: leads ? 'host' : 'guest', dialect: DIALECT })
}

function withHost(members: readonly Member[], hostId: MemberId | undefined): readonly Member[] {
  if (hostId === undefined) return members
  return members.map((member) => ({ ...member, role: member.id === hostId ? 'host' : 'guest' }))
}
