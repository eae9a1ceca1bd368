/**
 * People on this wire choose their own ids; in a room they sit under an id that says so, and nobody of another wire can have.
 * Free text fits into it as it is, or spelled in the letters that an id may have: 36 bytes of it.
 */
import type { MemberId } from '../../core/room/room'

const PLAIN = 'osp-'
const CODED = 'ospx-'
const LONGEST = 64
const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567'
const LETTER_BITS = 5

/** Nothing where it is longer than an id may be. */
export function memberIdOf(clientId: string): MemberId | undefined {
  const isPlain = /^[A-Za-z0-9-]+$/.test(clientId) && !`${PLAIN}${clientId}`.startsWith(CODED)
  const letters = isPlain ? clientId : lettersOf(clientId)
  if (letters === undefined || clientId === '') return undefined
  const id = `${isPlain ? PLAIN : CODED}${letters}`
  return id.length <= LONGEST ? id : undefined
}

/** As people here are known to each other; who came by another wire, by the id that is theirs there. */
export function clientIdOf(memberId: MemberId): string {
  if (memberId.startsWith(CODED)) return textOf(memberId.slice(CODED.length))
  return memberId.startsWith(PLAIN) ? memberId.slice(PLAIN.length) : memberId
}

/** Its bytes in UTF-8, five bits to a letter; nothing where it is no text. */
function lettersOf(text: string): string | undefined {
  const bytes = bytesOf(text)
  if (!bytes) return undefined
  let letters = ''
  let [bits, kept] = [0, 0]
  for (const byte of bytes) {
    kept = (kept << 8) | byte
    for (bits += 8; bits >= LETTER_BITS; bits -= LETTER_BITS)
      letters += LETTERS.charAt((kept >> (bits - LETTER_BITS)) & 31)
    kept &= 0xff
  }
  return bits > 0 ? letters + LETTERS.charAt((kept << (LETTER_BITS - bits)) & 31) : letters
}

function textOf(letters: string): string {
  let escaped = ''
  let [bits, kept] = [0, 0]
  for (const letter of letters) {
    kept = ((kept << LETTER_BITS) | LETTERS.indexOf(letter)) & 0xfff
    bits += LETTER_BITS
    if (bits < 8) continue
    bits -= 8
    escaped += `%${((kept >> bits) & 0xff).toString(16).padStart(2, '0')}`
  }
  try {
    return decodeURIComponent(escaped)
  } catch {
    return letters
  }
}

function bytesOf(text: string): readonly number[] | undefined {
  try {
    const escaped = encodeURIComponent(text).match(/%[\dA-F]{2}|[^%]/g) ?? []
    return escaped.map((part) => (part.length > 1 ? Number.parseInt(part.slice(1), 16) : part.charCodeAt(0)))
  } catch {
    return undefined
  }
}
