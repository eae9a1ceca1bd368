/** What changed between two views, in sentences for those who hear the page. Pure. */
import type { OwnPerson } from '../core/person/person'
import type { PersonPageView } from '../messages/person-view'
import type { Sentence } from '../platform/i18n'

export function announcements(before: PersonPageView | undefined, after: PersonPageView): readonly Sentence[] {
  if (!before) return []
  const said: Sentence[] = []
  if (before.line.kind === 'lost' && after.line.kind === 'connected') said.push(['connectedAgain'])
  if (before.line.kind === 'connected' && after.line.kind === 'lost') said.push(['lost'])
  if (before.person && after.person) said.push(...news(before.person, after.person))
  if (after.exported && after.exported.number !== before.exported?.number) said.push(['dataExported'])
  return said
}

function news(before: OwnPerson, after: OwnPerson): readonly Sentence[] {
  const said: Sentence[] = []
  if (after.deleted && !before.deleted) said.push(['dataDeleted'])
  const hasAsked = (id: string) => before.asking.some(({ person }) => person.id === id)
  for (const { person } of after.asking) if (!hasAsked(person.id)) said.push(['friendAsks', person.shown.name])
  const wasFriend = (id: string) => before.friends.some(({ person }) => person.id === id)
  for (const { person } of after.friends) if (!wasFriend(person.id)) said.push(['friendNow', person.shown.name])
  for (const { person, messages } of after.conversations) {
    const last = messages.at(-1)
    const knew = before.conversations.find((each) => each.person.id === person.id)?.messages.at(-1)
    if (last && !last.mine && last.id !== knew?.id) said.push(['messageCame', person.shown.name])
  }
  return said
}
