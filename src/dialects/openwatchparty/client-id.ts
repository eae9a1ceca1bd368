/**
 * The id by which a socket is known before it sits anywhere: a UUID made of its identity, so that it is the same on each node and nobody else's.
 * The identity can't be told from it by anybody who does not have it, and dies with the socket.
 */

export function clientIdOf(identity: string): string {
  const hex = [1, 2, 3, 4].map((salt) => mixed(identity, salt).toString(16).padStart(8, '0')).join('')
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`
}

/** 32 bits that depend on every character, mixed well. */
function mixed(text: string, salt: number): number {
  let hash = Math.imul(salt, 0x9e3779b1)
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x85ebca6b)
    hash = (hash << 13) | (hash >>> 19)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0xc2b2ae35)
  return (hash ^ (hash >>> 15)) >>> 0
}
