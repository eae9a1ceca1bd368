/**
 * What did the person paste? A code, or an invite link with its server.
 * Knows no network: it says what the text means, not whether the room exists.
 */
import { foldCode } from '../core/room/code'

export type Recognised =
  | { readonly kind: 'code'; readonly code: string }
  /** `server` is a base address: `https://host[:port]`. */
  | { readonly kind: 'invite'; readonly server: string; readonly host: string; readonly code: string }

const INVITE =
  /^(?:(https?):\/\/)?((?:[a-z\d](?:[a-z\d.-]*[a-z\d])?|\[[a-f\d:.]+\])(?::\d{1,5})?)\/j\/([^/?#\s]+)\/?(?:[?#]\S*)?$/i
/** Without a scheme, a server is taken for encrypted unless it is this machine. */
const THIS_MACHINE = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::|$)/

export function recognise(text: string): Recognised | undefined {
  const trimmed = text.trim()
  const spoken = foldCode(trimmed)
  if (spoken) return { kind: 'code', code: spoken }

  const [, scheme, address, last] = INVITE.exec(trimmed) ?? []
  const code = last && foldCode(last)
  if (!address || !code) return undefined
  const host = address.toLowerCase()
  return {
    kind: 'invite',
    server: `${scheme?.toLowerCase() ?? (THIS_MACHINE.test(host) ? 'http' : 'https')}://${host}`,
    host,
    code,
  }
}
