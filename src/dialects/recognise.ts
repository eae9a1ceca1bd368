/**
 * What did the person paste? A code, or an invite link with its server.
 * Knows no network: it says what the text means, not whether the room exists.
 */
import { foldCode } from '../core/room/code'

export type Recognised =
  | { readonly kind: 'code'; readonly code: string }
  /** `server` as it was written: `host[:port]`, with `https://` or `http://` if they wrote one. */
  | { readonly kind: 'invite'; readonly server: string; readonly host: string; readonly code: string }

const INVITE =
  /^(?:(https?):\/\/)?((?:[a-z\d](?:[a-z\d.-]*[a-z\d])?|\[[a-f\d:.]+\])(?::(\d{1,5}))?)\/j\/([^/?#\s]+)\/?(?:[?#]\S*)?$/i
const MAX_PORT = 65_535
/** What a sentence puts around a link, and no address begins or ends with. */
const AROUND = /^[(<"'«„“]+|[)>"'»“”.,;:!?…]+$/g

export function recognise(text: string): Recognised | undefined {
  const spoken = foldCode(text)
  if (spoken) return { kind: 'code', code: spoken }
  // Links come with a sentence around them: "Join us: https://…"
  for (const word of text.split(/\s+/)) {
    const invite = readInvite(word)
    if (invite) return invite
  }
  return undefined
}

function readInvite(word: string): Recognised | undefined {
  const [, scheme, address, port, last] = INVITE.exec(word.replaceAll(AROUND, '')) ?? []
  const code = last && foldCode(last)
  if (!address || !code || Number(port ?? 0) > MAX_PORT) return undefined
  const host = address.toLowerCase()
  return { kind: 'invite', server: scheme ? `${scheme.toLowerCase()}://${host}` : host, host, code }
}
