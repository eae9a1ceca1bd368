/** Invites without cryptography, for the manual clock: whoever reads one sees what it says, and nobody waits for it. */
import type { Clock } from '../../src/platform/clock'
import type { Invite, Invites } from '../../src/server/invites'

const MARK = 'plain.'

export function createPlainInvites(clock: Clock): Invites {
  return {
    async sign(invite, endsAtMs) {
      return MARK + Buffer.from(JSON.stringify({ invite, endsAtMs })).toString('base64url')
    },
    async read(text) {
      if (!text.startsWith(MARK)) return undefined
      const said = JSON.parse(Buffer.from(text.slice(MARK.length), 'base64url').toString()) as {
        readonly invite: Invite
        readonly endsAtMs: number
      }
      return clock.nowMs() < said.endsAtMs ? said.invite : undefined
    },
  }
}
