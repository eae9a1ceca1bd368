/** A room's code: short, sayable, without letters that look alike. */

const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'
const LENGTH = 6
const CODE = new RegExp(`^[${ALPHABET}]{${LENGTH}}$`)

/** A code from chance; `float` gives 0 ≤ x < 1. */
export function codeFrom(float: () => number): string {
  let code = ''
  for (let i = 0; i < LENGTH; i += 1) code += ALPHABET.charAt(Math.floor(float() * ALPHABET.length))
  return code
}

/** The code that somebody typed or said, however spaced or cased; nothing if it can't be one. */
export function foldCode(text: string): string | undefined {
  const code = text.replaceAll(/[\s-]/g, '').toLowerCase()
  return CODE.test(code) ? code : undefined
}

const ALIAS = /^[a-z0-9_-]{3,32}$/

/** The name that somebody chose for a room; nothing if it can't be one. What reads like a code is one, and no name. */
export function foldAlias(text: string): string | undefined {
  const alias = text.trim().toLowerCase()
  return ALIAS.test(alias) && foldCode(alias) === undefined ? alias : undefined
}

const MAX_WIRE_NAME = 64

/**
 * The name that another wire calls a room by, where names are free text: in small letters, with a dash for whatever is neither letter nor digit.
 * It may read like a code: it is claimed in the same namespace, so it never means two rooms.
 */
export function foldWireName(text: string): string | undefined {
  const name = text
    .normalize('NFKC')
    .toLowerCase()
    .trim()
    .replaceAll(/[^\p{L}\p{N}_-]+/gu, '-')
  return /[\p{L}\p{N}]/u.test(name) && name.length <= MAX_WIRE_NAME ? name : undefined
}
