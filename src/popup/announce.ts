/**
 * What changed between two views, in sentences for those who hear the popup instead of seeing it.
 * Pure. Figures that change all the time (position, milliseconds, seconds to go) are left out on purpose.
 */
import type { RoomView, View } from '../messages/background-to-popup'
import type { MessageKey, Sentence } from '../platform/i18n'
import { personOf } from './rights'
import { roomOf } from './room-view'
import { actSentence, patienceSentence, waitingSentence } from './sentences'

type Words = {
  readonly language: string
  readonly listOf: (names: readonly string[]) => string
  readonly wordsOf: (key: MessageKey) => string
}

export function announcements(before: View | undefined, after: View, words: Words): readonly Sentence[] {
  if (!before || before.room.kind !== after.room.kind) {
    const arrived = arrivalOf(before, after)
    if (arrived.length > 0) return arrived
  }
  const roomBefore = before && roomOf(before)
  const roomAfter = roomOf(after)
  return roomBefore && roomAfter && roomBefore.code === roomAfter.code
    ? changesInRoom(roomBefore, roomAfter, words)
    : pageChange(before, after)
}

function arrivalOf(before: View | undefined, after: View): readonly Sentence[] {
  switch (after.room.kind) {
    case 'connecting':
      return [['connectingHint', after.room.host]]
    case 'in-room':
      if (before?.room.kind === 'lost') return [['connectedAgain']]
      return before ? [['inRoom', after.room.room.code]] : []
    case 'lost':
      return [['lost']]
    case 'outside':
      return []
  }
}

function pageChange(before: View | undefined, after: View): readonly Sentence[] {
  if (before?.page.kind === after.page.kind) return []
  switch (after.page.kind) {
    case 'looking':
      return [['pageLooking']]
    case 'not-allowed':
      return [['pageNotAllowed']]
    case 'no-video':
      return [['pageNoVideo', after.page.host]]
    case 'video':
      return before ? [['pageFound', after.page.title]] : []
  }
}

function changesInRoom(before: RoomView, after: RoomView, words: Words): readonly Sentence[] {
  const said: Sentence[] = []
  const cameIn = after.people.filter((person) => !before.people.some(({ id }) => id === person.id))
  const wentOut = before.people.filter((person) => !after.people.some(({ id }) => id === person.id))
  for (const { name } of cameIn) said.push(['cameIn', name])
  for (const { name } of wentOut) said.push(['wentOut', name])

  const host = after.people.find((person) => person.isHost)
  if (host && before.people.find((person) => person.isHost)?.id !== host.id)
    said.push(host.isSelf ? ['youAreHost'] : ['nowHost', host.name])
  if (before.control !== after.control) said.push([after.control === 'host' ? 'hostControls' : 'everyoneControls'])
  if (JSON.stringify(before.patience) !== JSON.stringify(after.patience))
    said.push(patienceSentence(after.patience, words.listOf, words.wordsOf))
  if (after.lastAct && JSON.stringify(before.lastAct) !== JSON.stringify(after.lastAct))
    said.push(actSentence(after.lastAct, words.language, words.listOf))
  if (after.waiting && namesOf(before.waiting) !== namesOf(after.waiting))
    said.push(waitingSentence(after.waiting.for, words.listOf))
  said.push(...changesInQueue(before, after), ...changesForSelf(before, after))
  if (after.needsClick && !before.needsClick) said.push(['needsClick'])
  return said
}

/** More at once are a list that somebody brought; the count is in the tab. */
const TOLD_ITEMS = 2

function changesInQueue(before: RoomView, after: RoomView): readonly Sentence[] {
  const said: Sentence[] = []
  const known = new Set([...before.queue.items, ...(before.media ? [before.media] : [])].map(({ id }) => id))
  const added = after.queue.items.filter(({ id }) => !known.has(id))
  for (const { addedBy, content } of added.slice(0, TOLD_ITEMS)) {
    const by = personOf(after, addedBy)
    const title = content.title || content.address
    said.push(by ? ['queueAddedBy', by.name, title] : ['queueAdded', title])
  }
  const title = after.media && (after.media.content.title || after.media.content.address)
  if (title && after.media?.id !== before.media?.id) said.push(['nowPlays', title])
  if (after.booth.playing === after.selfId && before.booth.playing !== after.selfId) said.push(['turnIsYours'])
  return said
}

const ROLE_NOW = { guest: 'youAreGuest', member: 'youAreMember', moderator: 'youAreModerator' } as const

function changesForSelf(before: RoomView, after: RoomView): readonly Sentence[] {
  const said: Sentence[] = []
  const [was, is] = [personOf(before, before.selfId), personOf(after, after.selfId)]
  // Who becomes host is told with the others.
  if (was && is && was.role !== is.role && is.role !== 'host') said.push([ROLE_NOW[is.role]])
  if (was && is && (was.muted === undefined) !== (is.muted === undefined))
    said.push([is.muted ? 'youAreMuted' : 'youAreNotMuted'])
  if (after.chat.mentioned && !before.chat.mentioned) said.push(['youWereNamed'])
  return said
}

function namesOf(waiting: RoomView['waiting']): string {
  return (waiting?.for ?? []).map(({ name }) => name).join('\n')
}
