/** Where a FrameTogether server's socket is: `/sync` behind whatever address the person has for it. */
export function socketUrl(server: string): string {
  const base = server.trim().replace(/^http/i, 'ws').replace(/\/+$/, '')
  return /\/sync$/i.test(base) ? base : `${base}/sync`
}
