/** What can be chosen at the side, with a count where somebody waits for an answer. */
import type { OwnPerson } from '../core/person/person'
import { SECTIONS, type Section } from '../messages/person-view'
import { type MessageKey, t } from '../platform/i18n'
import type { Place } from './place'

const TITLES: Readonly<Record<Section, MessageKey>> = {
  profile: 'youProfile',
  friends: 'youFriends',
  messages: 'youMessages',
  playlists: 'youPlaylists',
  history: 'youPlayed',
  blocked: 'youBlocked',
  data: 'youData',
}

export function titleOf(section: Section): MessageKey {
  return TITLES[section]
}

type SectionsProps = { place: Place; person: OwnPerson | undefined; go: (place: Place) => void }

export function Sections({ place, person, go }: SectionsProps) {
  return (
    <nav class="sections" aria-label={t('youSections')}>
      {SECTIONS.map((section) => (
        <button
          key={section}
          type="button"
          class="go-to"
          data-testid={`go-${section}`}
          aria-current={section === place.section ? 'page' : undefined}
          onClick={() => go({ section })}
        >
          <span class="grow cut">{t(titleOf(section))}</span>
          {person && <Waits section={section} person={person} />}
        </button>
      ))}
    </nav>
  )
}

/** More are not counted. */
const COUNTED = 99

function Waits({ section, person }: { section: Section; person: OwnPerson }) {
  const requests = person.asking.length
  const unread = person.conversations.reduce((sum, each) => sum + each.unread, 0)
  const count = section === 'friends' ? requests : section === 'messages' ? unread : 0
  if (count === 0) return null
  const figure = count > COUNTED ? `${COUNTED}+` : String(count)
  const words = t(section === 'friends' ? 'youRequestsCount' : 'youUnreadCount', figure)
  return (
    <span class="badge mentioned" data-testid={`waits-${section}`} title={words}>
      <span aria-hidden="true">{figure}</span>
      <span class="hidden">{words}</span>
    </span>
  )
}
