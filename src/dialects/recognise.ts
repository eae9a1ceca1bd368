/**
 * What did the person paste? A code, an invite link with its server, a room of another system, or a token that says who somebody is.
 * Knows no network: it says what the text means, not whether the room exists.
 */
import { foldAlias, foldCode } from '../core/room/code'
import { type ForeignRoom, recogniseForeign } from './recognise-foreign'

export {
  ASKED,
  FOREIGN_SYSTEMS,
  type ForeignRoom,
  type ForeignSystem,
  foreignLink,
  isClosed,
  NEEDS_HANDSHAKE,
  NEEDS_SITE,
} from './recognise-foreign'

export type Recognised =
  | { readonly kind: 'code'; readonly code: string }
  /** `server` as it was written: `host[:port]`, with `https://` or `http://` if they wrote one. */
  | {
      readonly kind: 'invite'
      readonly server: string
      readonly host: string
      /** The code, or a name of the room. */
      readonly code: string
      /** What the host signed, so that it opens a locked door. */
      readonly invite?: string
    }
  | ForeignRoom

const INVITE =
  /^(?:(https?):\/\/)?((?:[a-z\d](?:[a-z\d.-]*[a-z\d])?|\[[a-f\d:.]+\])(?::(\d{1,5}))?)\/j\/([^/?#\s]+)\/?([?#]\S*)?$/i
const INVITE_TOKEN = /[?&]invite=([\w.-]{1,1000})(?:[&#]|$)/
/** Three parts of base64url: a JWT, ours or one signed elsewhere. */
const TOKEN = /(?:^|\s)(eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,})(?:\s|$)/
const MAX_TOKEN_LENGTH = 4096
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
  return recogniseForeign(text)
}

function readInvite(word: string): Recognised | undefined {
  const [, scheme, address, port, last, query] = INVITE.exec(word.replaceAll(AROUND, '')) ?? []
  const code = last && (foldCode(last) ?? foldAlias(last))
  if (!address || !code || Number(port ?? 0) > MAX_PORT) return undefined
  const host = address.toLowerCase()
  const server = scheme ? `${scheme.toLowerCase()}://${host}` : host
  const invite = query && INVITE_TOKEN.exec(query)?.[1]
  return { kind: 'invite', server, host, code, ...(invite && { invite }) }
}

/** The token that somebody copied on another device, to be the same person here. */
export function recogniseToken(text: string): string | undefined {
  const token = TOKEN.exec(text)?.[1]
  return token !== undefined && token.length <= MAX_TOKEN_LENGTH ? token : undefined
}
