/**
 * One question to a server without going into a room: which rooms are open to everybody.
 * Opens a socket for it and closes it again. Knows no rooms and comes back to nothing.
 */
import { type Refusal, refuse } from '../core/room/refusal'
import type { Answer, Question } from '../dialects/dialect'
import { type ConnectionDeps, createConnection } from './connection'

/** Somebody looks at a list and waits. */
const ANSWER_MS = 8_000
const ASK = 'question'

export type OpenQuestion = {
  readonly server: string
  readonly question: Extract<Question, { readonly type: 'list-rooms' }>
  readonly token?: string
}

export function askServer(deps: ConnectionDeps, { server, question, token }: OpenQuestion): Promise<Refusal | Answer> {
  return new Promise((resolve) => {
    const end = (outcome: Refusal | Answer): void => {
      cancel()
      connection.close()
      resolve(outcome)
    }
    const cancel = deps.timers.after(ANSWER_MS, () => end(refuse('no-answer')))
    const first = { kind: 'ask-outside', server, ask: ASK, question, ...(token !== undefined && { token }) } as const
    const connection = createConnection(deps, first, {
      onOutput(output) {
        if (output.kind === 'answered' && output.ask === ASK) end(output.answer)
        else if (output.kind === 'refused') end(output.refusal)
        else if (output.kind === 'server-closing') end(refuse('no-answer'))
      },
      onFrame() {},
      onLost: () => end(refuse('no-answer')),
    })
    connection.start()
  })
}
