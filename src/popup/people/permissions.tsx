/** Who may what, by role: a plain grid that everybody reads and that who may changes, each step at once. */
import { PERMISSIONS, type Permission, TABLE_ROLES } from '../../core/room/role'
import type { RoomView } from '../../messages/background-to-popup'
import { type MessageKey, t } from '../../platform/i18n'
import { useAsk } from '../ask'
import { maySetPermission, rowWith } from '../rights'
import { roleWords } from './person-row'

const WORDS: Readonly<Record<Permission, MessageKey>> = {
  'play-pause': 'mayPlayPause',
  seek: 'maySeek',
  'set-rate': 'maySetRate',
  skip: 'maySkip',
  'set-media': 'maySetMedia',
  'queue-add': 'mayQueueAdd',
  'queue-remove': 'mayQueueRemove',
  'queue-order': 'mayQueueOrder',
  'queue-vote': 'mayQueueVote',
  'play-now': 'mayPlayNow',
  dj: 'mayDj',
  'manage-djs': 'mayManageDjs',
  chat: 'mayChat',
  'delete-chat': 'mayDeleteChat',
  configure: 'mayConfigure',
  'set-permissions': 'maySetPermissions',
  promote: 'mayPromote',
  kick: 'mayKick',
  mute: 'mayMute',
  ban: 'mayBan',
}

export function Permissions({ room }: { room: RoomView }) {
  return (
    <table class="grid">
      <caption class="hidden">{t('permissions')}</caption>
      <thead>
        <tr>
          <th scope="col" class="label">
            {t('may')}
          </th>
          {TABLE_ROLES.map((role) => (
            <th key={role} scope="col" class="label">
              {roleWords(role)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {PERMISSIONS.map((permission) => (
          <Row key={permission} permission={permission} room={room} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ permission, room }: { permission: Permission; room: RoomView }) {
  const ask = useAsk()
  const words = t(WORDS[permission])
  return (
    <tr>
      <th scope="row">{words}</th>
      {TABLE_ROLES.map((role) => {
        const has = room.permissions[role].includes(permission)
        return (
          <td key={role}>
            <input
              type="checkbox"
              data-testid={`may-${role}-${permission}`}
              aria-label={t('roleMay', roleWords(role), words)}
              checked={has}
              disabled={!maySetPermission(room, role, permission)}
              onChange={() =>
                ask({ type: 'set-permissions', role, permissions: rowWith(room, role, permission, !has) })
              }
            />
          </td>
        )
      })}
    </tr>
  )
}
