/**
 * Identities without cryptography, for the manual clock: a token is the identity itself, and must have been given out here.
 * `account:NAME` or `account:NAME:ROLE` stands for a token signed elsewhere.
 */
import type { Random } from '../../src/platform/random'
import type { Identities } from '../../src/server/identity'

export function createPlainIdentities(random: Random): Identities {
  const given = new Set<string>()
  return {
    async identify(token) {
      if (token !== undefined && given.has(token)) {
        return { identity: token.slice('token:'.length), token, isNew: false }
      }
      const [kind, name, role] = token?.split(':') ?? []
      if (token !== undefined && kind === 'account' && name !== undefined) {
        const vouched = { name, roles: role === undefined ? [] : [role] }
        return { identity: `account-${name}`, token, isNew: false, vouched }
      }
      const identity = random.uuid()
      const fresh = `token:${identity}`
      given.add(fresh)
      return { identity, token: fresh, isNew: true }
    },
  }
}
