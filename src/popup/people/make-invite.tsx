/** A link that opens a locked door, in a role and until a moment; and calling back all that were made. */
import { useState } from 'preact/hooks'
import type { RoomView } from '../../messages/background-to-popup'
import { type MessageKey, t } from '../../platform/i18n'
import { useAsk } from '../ask'
import { CopyButton } from '../copy-button'
import { useWorld } from '../world'
import { momentWords } from './moment-words'

const HOUR_MS = 3_600_000

const ENDS: readonly (readonly [forMs: number, words: MessageKey])[] = [
  [HOUR_MS, 'spanHour'],
  [24 * HOUR_MS, 'spanDay'],
  [7 * 24 * HOUR_MS, 'spanWeek'],
]

export function MakeInvite({ room }: { room: RoomView }) {
  const { post } = useWorld()
  const ask = useAsk()
  const [role, setRole] = useState<'guest' | 'member'>('member')
  const [forMs, setForMs] = useState(24 * HOUR_MS)
  const { madeInvite } = room
  const make = (event: Event) => {
    event.preventDefault()
    post({ type: 'make-invite', role, forMs })
  }
  return (
    <>
      <p class="soft">{t('makeInviteWhy')}</p>
      <form class="stack" onSubmit={make}>
        <div class="pair">
          <label class="field">
            <span class="label">{t('inviteAs')}</span>
            <select
              data-testid="invite-role"
              value={role}
              onChange={(event) => setRole(event.currentTarget.value === 'guest' ? 'guest' : 'member')}
            >
              <option value="member">{t('roleMember')}</option>
              <option value="guest">{t('roleGuest')}</option>
            </select>
          </label>
          <label class="field">
            <span class="label">{t('inviteFor')}</span>
            <select
              data-testid="invite-span"
              value={String(forMs)}
              onChange={(event) => setForMs(Number(event.currentTarget.value))}
            >
              {ENDS.map(([ms, words]) => (
                <option key={ms} value={String(ms)}>
                  {t(words)}
                </option>
              ))}
            </select>
          </label>
        </div>
        <div class="pair">
          <button type="submit" data-testid="make-invite">
            {t('makeLink')}
          </button>
          <button type="button" data-testid="revoke-invites" onClick={() => ask({ type: 'revoke-invites' })}>
            {t('revokeInvites')}
          </button>
        </div>
      </form>
      <div role="status">
        {madeInvite && (
          <>
            <p class="link" data-testid="made-invite">
              {madeInvite.link}
            </p>
            <p class="soft below">{t('until', momentWords(madeInvite.endsAtMs - room.offsetMs))}</p>
          </>
        )}
      </div>
      {madeInvite && (
        <div class="side wrap">
          <CopyButton name="copy-made-invite" text={madeInvite.link} words={t('copyLink')} />
        </div>
      )}
    </>
  )
}
