/**
 * Identities without cryptography, for the manual clock: a token is the identity itself, and must have been given out here.
 * `account:NAME` or `account:NAME:ROLE` stands for a token signed elsewhere.
 */
import type { Random } from '../../src/platform/random'
import type { Identities } from '../../src/server/identity'

export function createPlainIdentities(random: Random): Identities {
  const given = new Set<string>()
  const ofAccounts = new Map<string, { readonly identity: string; readonly name: string }>()
  let signIns = 0
  return {
    async ofAccount(identity, name) {
      signIns += 1
      const token = `signed-in:${signIns}:${identity}`
      ofAccounts.set(token, { identity, name })
      return { identity, token, isNew: false, account: { name }, vouched: { name, roles: [] } }
    },
    async identify(token) {
      if (token !== undefined && given.has(token)) {
        return { identity: token.slice('token:'.length), token, isNew: false }
      }
      const signedIn = ofAccounts.get(token ?? '')
      if (token !== undefined && signedIn) {
        const { identity, name } = signedIn
        return { identity, token, isNew: false, account: { name }, vouched: { name, roles: [] } }
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
