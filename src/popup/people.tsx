/** Who is here, and for each the one thing that matters: how exactly in time, or why not. */
import type { ComponentChildren } from 'preact'
import { formatSkew, formatSpanMs, huesOf, initialsOf, timingOf } from '../look/format'
import { Glyph, type GlyphName, Icon } from '../look/icon'
import { wireName } from '../look/wire-names'
import type { PersonView } from '../messages/background-to-popup'
import { language, t } from '../platform/i18n'
import { statusKey } from './sentences'

type PeopleProps = {
  people: readonly PersonView[]
  roomPlays: boolean
  /** Stands in the own row. */
  children?: ComponentChildren
}

export function People({ people, roomPlays, children }: PeopleProps) {
  const hues = huesOf(people.map(({ id }) => id))
  return (
    <section class="section">
      <h2 class="label">{t('peopleHere', String(people.length))}</h2>
      <ul class="people">
        {people.map((person, index) => (
          <Person key={person.id} person={person} hue={hues[index] ?? 0} roomPlays={roomPlays}>
            {person.isSelf && children}
          </Person>
        ))}
      </ul>
      {people.length === 1 && <p class="soft alone">{t('onlyYou')}</p>}
    </section>
  )
}

type PersonProps = { person: PersonView; hue: number; roomPlays: boolean; children?: ComponentChildren }

function Person({ person, hue, roomPlays, children }: PersonProps) {
  return (
    <li
      class="person"
      data-testid="person"
      data-self={person.isSelf}
      data-host={person.isHost}
      data-status={person.status.kind}
    >
      <span class="avatar hued" style={{ '--hue': hue }} aria-hidden="true">
        {initialsOf(person.name)}
      </span>
      <span class="who">
        <span class="name" data-testid="person-name" title={person.name}>
          {person.name}
        </span>
        {person.isSelf && <span class="soft">{t('you')}</span>}
        {person.isHost && (
          <span class="crown" role="img" aria-label={t('host')} title={t('host')}>
            <Icon name="crown" size={16} />
          </span>
        )}
        {person.dialect && <span class="soft wire">{wireName(person.dialect)}</span>}
      </span>
      <Status status={person.status} roomPlays={roomPlays} />
      {children}
    </li>
  )
}

function Status({ status, roomPlays }: { status: PersonView['status']; roomPlays: boolean }) {
  if (status.kind === 'following') {
    const figure = formatSkew(status.skewMs, language())
    const words = timingWords(status.skewMs)
    return (
      <span
        class={`state ${timingOf(status.skewMs)}`}
        data-testid="person-status"
        data-skew-ms={status.skewMs}
        role="img"
        aria-label={words}
        title={words}
      >
        <span class="figures">{figure}</span>
        <Glyph name={timingOf(status.skewMs)} />
      </span>
    )
  }
  const glyph = glyphOf(status, roomPlays)
  return (
    <span class={`state ${glyph ?? 'soft'}`} data-testid="person-status">
      {t(statusKey(status, roomPlays))}
      {glyph ? <Glyph name={glyph} /> : <span class="glyph" />}
    </span>
  )
}

function timingWords(skewMs: number): string {
  const figure = formatSpanMs(skewMs, language())
  if (timingOf(skewMs) === 'in-time') return t('timingInTime', figure)
  return t(skewMs > 0 ? 'timingAhead' : 'timingBehind', figure)
}

function glyphOf(
  status: Exclude<PersonView['status'], { kind: 'following' }>,
  roomPlays: boolean,
): GlyphName | undefined {
  switch (status.kind) {
    case 'paused':
      return roomPlays ? 'held' : 'in-time'
    case 'held':
      return status.reason === 'error' ? 'off' : 'held'
    case 'away':
      return 'held'
    case 'settling':
      return 'adjusting'
    case 'no-report':
      return undefined
  }
}
