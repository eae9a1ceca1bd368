/** The client machine of a wire by hand: values in, what it wants out, and the copy as the shell would hold it. */
import type { RoomCommand } from '../../src/core/room/command'
import type { PublicRoom } from '../../src/core/room/room'
import type { ClientDialect, ClientInput, ClientOutput, JoinWish } from '../../src/dialects/client-dialect'

export type ClientMachine = {
  nowMs: number
  give(input: ClientInput): ClientOutput[]
  /** A frame of the server. */
  hear(frame: object | string): ClientOutput[]
  ask(command: RoomCommand): ClientOutput[]
  join(wish: JoinWish, server?: string): ClientOutput[]
  /** Turns time on, waking the machine when it wants. */
  pass(ms: number): ClientOutput[]
  copy(): PublicRoom | undefined
  memberId(): string | undefined
  session(): unknown
  can(): string[]
}

export function aClientMachine(dialect: ClientDialect<unknown>): ClientMachine {
  let session = dialect.fresh
  let copy: PublicRoom | undefined
  let memberId: string | undefined
  let wakeAtMs: number | undefined
  let asks = 0
  const give = (input: ClientInput): ClientOutput[] => {
    const stepped = dialect.step(session, input, machine.nowMs)
    session = JSON.parse(JSON.stringify(stepped.session)) as unknown
    for (const output of stepped.outputs) {
      if (output.kind === 'entered') [copy, memberId] = [output.room, output.memberId]
      if (output.kind === 'replaced' && copy) copy = { ...copy, ...output.part, rev: copy.rev + 1 }
      if (output.kind === 'wake') wakeAtMs = output.atMs
    }
    return [...stepped.outputs]
  }
  const machine: ClientMachine = {
    nowMs: 1_000_000,
    give,
    hear: (frame) => give({ kind: 'frame', frame: typeof frame === 'string' ? frame : JSON.stringify(frame) }),
    ask(command) {
      asks += 1
      return give({ kind: 'command', ask: `ask-${asks}`, command })
    },
    join(wish, server = 'https://films.example') {
      const outputs = give({ kind: 'join', server, wish })
      return [...outputs, ...give({ kind: 'opened' })]
    },
    pass(ms) {
      const outputs: ClientOutput[] = []
      const untilMs = machine.nowMs + ms
      while (wakeAtMs !== undefined && wakeAtMs <= untilMs) {
        machine.nowMs = Math.max(machine.nowMs, wakeAtMs)
        wakeAtMs = undefined
        outputs.push(...give({ kind: 'woke' }))
      }
      machine.nowMs = untilMs
      return outputs
    },
    copy: () => copy,
    memberId: () => memberId,
    session: () => session,
    can: () => (copy && memberId !== undefined ? [...dialect.can(copy, memberId)].sort() : []),
  }
  return machine
}

/** The frames in what a machine wants, as values. */
export function sent(outputs: readonly ClientOutput[]): Record<string, unknown>[] {
  return outputs.flatMap((output) =>
    output.kind === 'send' && typeof output.frame === 'string'
      ? [JSON.parse(output.frame) as Record<string, unknown>]
      : [],
  )
}

export function refusals(outputs: readonly ClientOutput[]): string[] {
  return outputs.flatMap((output) => (output.kind === 'refused' ? [output.refusal.code] : []))
}
