/**
 * People on this wire choose their own ids; in a room they sit under an id that says so, and nobody of another wire can have.
 * Free text fits into it as it is, or as hex digits of its letters.
 */
import type { MemberId } from '../../core/room/room'

const PLAIN = 'osp-'
const CODED = 'ospx-'
const LONGEST = 64
const DIGITS = 4

/** Nothing where it is longer than an id may be. */
export function memberIdOf(clientId: string): MemberId | undefined {
  const isPlain = /^[A-Za-z0-9-]+$/.test(clientId) && !`${PLAIN}${clientId}`.startsWith(CODED)
  const id = isPlain ? `${PLAIN}${clientId}` : `${CODED}${hexOf(clientId)}`
  return clientId !== '' && id.length <= LONGEST ? id : undefined
}

/** As people here are known to each other; who came by another wire, by the id that is theirs there. */
export function clientIdOf(memberId: MemberId): string {
  if (memberId.startsWith(CODED)) return textOf(memberId.slice(CODED.length))
  return memberId.startsWith(PLAIN) ? memberId.slice(PLAIN.length) : memberId
}

function hexOf(text: string): string {
  return Array.from({ length: text.length }, (_, i) => text.charCodeAt(i).toString(16).padStart(DIGITS, '0')).join('')
}

function textOf(hex: string): string {
  const letters = hex.match(/.{4}/g) ?? []
  return letters.map((digits) => String.fromCharCode(Number.parseInt(digits, 16))).join('')
}
