/**
 * From what a person pasted to the door of a room, or to what stands in the way; and back to a link.
 * Pure. What a text means is `recognise`'s to say; here it is judged whether we may go there.
 */
import { recognise } from '../dialects/recognise'
import type { Problem } from '../messages/background-to-popup'
import { readServerAddress } from './server-address'

export type Invite = {
  /** Absent: a bare code means the server of the settings. */
  readonly server?: string
  readonly code: string
  /** What the host signed. */
  readonly invite?: string
}

export type ReadInvite =
  | { readonly ok: true; readonly invite: Invite }
  | { readonly ok: false; readonly problem: Problem }

export function readInvite(text: string): ReadInvite {
  const recognised = recognise(text)
  // Rooms of other systems have a form of their own, which asks for what is missing.
  if (!recognised || recognised.kind === 'foreign') return { ok: false, problem: { kind: 'not-understood', text } }
  const { code } = recognised
  if (recognised.kind === 'code') return { ok: true, invite: { code } }
  const address = readServerAddress(recognised.server)
  const { invite } = recognised
  if (address.ok) return { ok: true, invite: { server: address.server, code, ...(invite && { invite }) } }
  return { ok: false, problem: badServer(recognised.server, address.why) }
}

export function badServer(text: string, why: 'unreadable' | 'needs-https'): Problem {
  return why === 'needs-https' ? { kind: 'bad-server', text, why } : { kind: 'bad-server', text }
}

export function inviteLink(server: string, code: string, invite?: string): string {
  return invite === undefined ? `${server}/j/${code}` : `${server}/j/${code}?invite=${invite}`
}
