/**
 * What changed between two views, in sentences for those who hear the popup instead of seeing it.
 * Pure. Figures that change all the time (position, milliseconds, seconds to go) are left out on purpose.
 */
import type { RoomView, View } from '../messages/background-to-popup'
import type { MessageKey, Sentence } from '../platform/i18n'
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
  if (after.needsClick && !before.needsClick) said.push(['needsClick'])
  return said
}

function namesOf(waiting: RoomView['waiting']): string {
  return (waiting?.for ?? []).map(({ name }) => name).join('\n')
}
