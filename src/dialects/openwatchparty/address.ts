/** Where an OpenWatchParty server and the Jellyfin beside it are, from the address that a person has for one of them. */

const PORT = 3000

/** Its own script knows no other port than 3000 on Jellyfin's host; who writes a port or the path means just that. */
export function socketUrl(server: string): string {
  const base = server.trim().replace(/^http/i, 'ws').replace(/\/+$/, '')
  if (/\/ws$/i.test(base)) return base
  const [, origin = base, path = ''] = /^(wss?:\/\/[^/]+)(\/.*)?$/i.exec(base) ?? []
  const hasPort = /:\d+$/.test(origin)
  return hasPort ? `${origin}${path}/ws` : `${origin}:${PORT}/ws`
}

/** At Jellyfin itself, and nowhere else: the request carries the person's own key. */
export function tokenUrl(server: string): string {
  const origin = /^(https?:\/\/[^/]+)/i.exec(server.trim().replace(/^ws/i, 'http'))?.[1] ?? server
  return `${origin}/OpenWatchParty/Token`
}
