/**
 * From an identity, which is secret, to the id and the number by which others may know the person. Nobody can go the other way without the
 * server's key, so the store of people needs no identities. The number is a first choice: two people may have the same.
 */
import { createHmac } from 'node:crypto'
import type { PersonId } from '../core/person/person'

export type PersonName = { readonly id: PersonId; readonly number: number }
export type PersonIds = (identity: string) => PersonName

export function createPersonIds(secret: Uint8Array): PersonIds {
  return (identity) => {
    const digest = createHmac('sha256', secret).update(`person ${identity}`).digest()
    const hex = digest.toString('hex')
    const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
    return { id, number: 1 + (digest.readUInt32BE(16) % (2 ** 31 - 1)) }
  }
}
