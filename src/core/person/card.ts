/** How others know somebody: an id, a number, a name and a face. Never the identity. */
import type { Avatar } from './avatar'

/** A UUID that others may know; never the identity. */
export type PersonId = string

export type Shown = { readonly name: string; readonly avatar: Avatar }

/** Somebody as others know them. */
export type PersonCard = {
  readonly id: PersonId
  /** Durable, 31 bits, unique on the server, for wires that name people by integers. */
  readonly number: number
  readonly shown: Shown
}
