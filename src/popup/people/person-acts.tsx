/** What can be done about a person: another role, silence, the door. Each of the latter with a reason that is told. */
import { useState } from 'preact/hooks'
import type { Role } from '../../core/room/role'
import { ROOM_LIMITS } from '../../core/room/room'
import type { PersonView, RoomView } from '../../messages/background-to-popup'
import { type MessageKey, t } from '../../platform/i18n'
import { useAsk } from '../ask'
import { mayActOn, rolesToGive } from '../rights'
import { SPANS, type Span, spanMs } from './spans'

const MAKE: Readonly<Record<Role, MessageKey>> = {
  guest: 'makeGuest',
  member: 'makeMember',
  moderator: 'makeModerator',
  host: 'makeHost',
}

type PersonActsProps = { person: PersonView; room: RoomView; isMuted: boolean }

export function PersonActs({ person, room, isMuted }: PersonActsProps) {
  const ask = useAsk()
  const roles = rolesToGive(room, person)
  return (
    <div class="stack folded">
      {roles.length > 0 && (
        <div class="side wrap">
          {roles.map((role) => (
            <button
              key={role}
              type="button"
              class="small"
              data-testid={`make-${role}`}
              onClick={() => ask({ type: 'set-role', memberId: person.id, role })}
            >
              {t(MAKE[role])}
            </button>
          ))}
        </div>
      )}
      <Moderation person={person} room={room} isMuted={isMuted} />
    </div>
  )
}

function Moderation({ person, room, isMuted }: PersonActsProps) {
  const ask = useAsk()
  const [reason, setReason] = useState('')
  const [span, setSpan] = useState<Span>('hour')
  const memberId = person.id
  const why = { ...(reason.trim() !== '' && { reason: reason.trim() }) }
  const forMs = spanMs(span)
  const how = { ...why, ...(forMs !== undefined && { forMs }) }
  const [mayMute, mayKick, mayBan] = (['mute', 'kick', 'ban'] as const).map((each) => mayActOn(room, person, each))
  if (!mayMute && !mayKick && !mayBan) return null
  return (
    <>
      <label class="field">
        <span class="label">{t('reason')}</span>
        <input
          data-testid="reason"
          value={reason}
          maxLength={ROOM_LIMITS.reasonLength}
          autocomplete="off"
          onInput={(event) => setReason(event.currentTarget.value)}
        />
      </label>
      {(mayMute || mayBan) && (
        <label class="side">
          <span class="grow">{t('forHowLong')}</span>
          <SpanChoice name="span" span={span} choose={setSpan} />
        </label>
      )}
      <div class="side wrap">
        {mayMute &&
          (isMuted ? (
            <Act name="unmute" words={t('unmute')} onClick={() => ask({ type: 'unmute', memberId })} />
          ) : (
            <Act name="mute" words={t('mute')} onClick={() => ask({ type: 'mute', memberId, ...how })} />
          ))}
        {mayKick && <Act name="kick" words={t('kick')} onClick={() => ask({ type: 'kick', memberId, ...why })} />}
        {mayBan && <Act name="ban" words={t('ban')} onClick={() => ask({ type: 'ban', memberId, ...how })} />}
      </div>
    </>
  )
}

function Act({ name, words, onClick }: { name: string; words: string; onClick: () => void }) {
  return (
    <button type="button" class="small" data-testid={name} onClick={onClick}>
      {words}
    </button>
  )
}

function SpanChoice({ name, span, choose }: { name: string; span: Span; choose: (span: Span) => void }) {
  return (
    <select
      data-testid={name}
      value={span}
      onChange={(event) => choose(SPANS.find(({ span }) => span === event.currentTarget.value)?.span ?? 'hour')}
    >
      {SPANS.map(({ span: each, words }) => (
        <option key={each} value={each}>
          {t(words)}
        </option>
      ))}
    </select>
  )
}
