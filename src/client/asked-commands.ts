/**
 * Commands, questions and lines that were asked and have no answer yet, sent or still waiting for a connection.
 * Each is answered exactly once. None is sent twice, and none late: an old play must not start a paused room.
 */
import { type Refusal, refuse } from '../core/room/refusal'
import type { ClientInput } from '../dialects/client-dialect'
import type { Answer } from '../dialects/dialect'
import type { Cancel, Timers } from '../platform/timers'

/** Longer than a quick reconnect takes, shorter than a person remembers what they pressed. */
export const COMMAND_MS = 5_000
/** More than hands can ask in that time. */
export const MAX_ASKED = 32

export type AskedInput = Extract<ClientInput, { readonly ask: string; readonly kind: 'command' | 'question' | 'write' }>
type WithoutAsk<Input> = Input extends unknown ? Omit<Input, 'ask'> : never

/** Nothing: done, and there is no more to say. */
type Outcome = Refusal | Answer | undefined

type Asked = {
  readonly input: AskedInput
  readonly answer: (outcome: Outcome) => void
  readonly cancelExpiry: Cancel
  sent: boolean
}

export type AskedCommands = {
  /** Waits to be sent by `sendWaiting`. */
  ask(wish: WithoutAsk<AskedInput>): Promise<Outcome>
  /** Hands over what has not been sent yet, in the order of asking. */
  sendWaiting(send: (input: AskedInput) => void): void
  answered(ask: string, outcome: Outcome): void
  /** The connection is lost: whether what was sent has been done, nobody here can know. */
  giveUpSent(): void
  refuseAll(refusal: Refusal): void
}

export function createAskedCommands(timers: Timers): AskedCommands {
  const askedByAsk = new Map<string, Asked>()
  let nextAsk = 1

  const answer = (ask: string, outcome: Outcome): void => {
    const asked = askedByAsk.get(ask)
    if (!asked) return
    askedByAsk.delete(ask)
    asked.cancelExpiry()
    asked.answer(outcome)
  }

  return {
    ask(wish) {
      if (askedByAsk.size >= MAX_ASKED) return Promise.resolve(refuse('too-fast'))
      const ask = `c${nextAsk++}`
      return new Promise((resolve) => {
        const cancelExpiry = timers.after(COMMAND_MS, () => answer(ask, refuse('no-answer')))
        askedByAsk.set(ask, { input: { ...wish, ask }, answer: resolve, cancelExpiry, sent: false })
      })
    },
    sendWaiting(send) {
      for (const asked of askedByAsk.values()) {
        if (asked.sent) continue
        asked.sent = true
        send(asked.input)
      }
    },
    answered: answer,
    giveUpSent() {
      for (const [ask, asked] of askedByAsk) if (asked.sent) answer(ask, refuse('no-answer'))
    },
    refuseAll(refusal) {
      for (const ask of askedByAsk.keys()) answer(ask, refusal)
    },
  }
}
