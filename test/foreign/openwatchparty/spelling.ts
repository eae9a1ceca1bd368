/** How OpenWatchParty spells things: what counts as an envelope, the two addresses over HTTP, and the same messages as a careless host spells them. */
import type { Call, Reply } from '../house'
import { type Fields, isFields } from '../json'
import { makeToken } from './token'

export const isEnvelope = ({ type, ts, room, client }: Fields): boolean =>
  typeof type === 'string' &&
  Number.isSafeInteger(ts) &&
  Number(ts) >= 0 &&
  (room === undefined || room === null || typeof room === 'string') &&
  (client === undefined || client === null || typeof client === 'string')

/** Health is the session server's; the token is the plugin's, which lives in Jellyfin. */
export function reply({ path, headers }: Call, secret: string | undefined, nowMs: number): Reply {
  const json = (status: number, body: unknown): Reply => ({
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (path === '/health') return json(200, { status: 'ok', auth_enabled: secret !== undefined })
  if (path !== '/OpenWatchParty/Token') return { status: 404, body: '' }
  const user = headers['x-emby-token']
  if (!user) return { status: 401, body: '' }
  return json(200, {
    token: secret === undefined ? '' : makeToken({ sub: user, name: user }, secret, nowMs),
    auth_enabled: secret !== undefined,
    expires_in: 3600,
    user_id: user,
    user_name: user,
    quality: { default_max_bitrate: 0, prefer_direct_play: true, allow_host_quality_control: false },
  })
}

export function odd(message: Fields): Fields {
  const payload = message['payload']
  if (!isFields(payload))
    return message['type'] === 'room_list'
      ? { ...message, payload: [{ id: null }, 'room', ...(payload as unknown[])] }
      : message
  const spelled: Record<string, unknown> = { ...payload, quality: { bitrate: 'auto' } }
  for (const key of ['participant_count', 'position'])
    if (typeof spelled[key] === 'number') spelled[key] = String(spelled[key])
  if (message['type'] === 'client_left') return { ...message, payload: undefined }
  return { ...message, payload: spelled, room_name: null }
}
