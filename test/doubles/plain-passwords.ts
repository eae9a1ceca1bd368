/** Passwords without cryptography, for the manual clock: a hash is there at once, and tells the password. */
import type { Passwords } from '../../src/server/passwords'

export const plainPasswords: Passwords = {
  hash: async (password) => `plain$${password}`,
  matches: async (password, hash) => hash === `plain$${password}`,
}
