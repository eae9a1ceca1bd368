/** A client machine of a dialect, wired to the real server that runs the other machine; frames arrive at once. */

import { takeEvent } from '../../src/client/copy'
import type { RoomCommand } from '../../src/core/room/command'
import type { Refusal } from '../../src/core/room/refusal'
import type { PublicRoom } from '../../src/core/room/room'
import type { ClientDialect, ClientInput, ClientOutput, JoinWish } from '../../src/dialects/client-dialect'
import type { Frame } from '../../src/dialects/dialect'
import type { ServerDialect } from '../../src/dialects/server-dialect'
import type { Clock } from '../../src/platform/clock'
import type { AHost } from '../doubles/a-host'
import type { ServerHears } from '../doubles/channel'
import { settle } from '../doubles/manual-clock'

export type DialectPair = { readonly server: ServerDialect<unknown>; readonly client: ClientDialect<unknown> }

export type APair = {
  enter(wish: JoinWish): Promise<void>
  /** Answers what became of it. */
  ask(command: RoomCommand): Promise<Refusal | 'done' | 'no answer'>
  give(input: ClientInput): Promise<void>
  /** Raw frames past the own machine. */
  toServer(frame: Frame): Promise<void>
  /** Answers what the machine made of it, before anybody answers that. */
  toClient(frame: Frame): Promise<ClientOutput[]>
  /** Reads what others caused. */
  hear(): Promise<void>
  lose(): Promise<void>
  readonly copy: () => PublicRoom | undefined
  readonly memberId: () => string | undefined
  readonly outputs: ClientOutput[]
  /** Every frame that crossed, in order. */
  readonly sentUp: Frame[]
  readonly sentDown: Frame[]
  /** How often an event did not fit the copy. */
  readonly gaps: () => number
  /** The close code, once the server closed. */
  readonly closedWith: () => number | undefined
}

export function aPair(dialect: DialectPair, host: AHost, clock: Clock): APair {
  let session = dialect.client.fresh
  let copy: PublicRoom | undefined
  let memberId: string | undefined
  let closeCode: number | undefined
  let asks = 0
  let gaps = 0
  let hears: ServerHears | undefined
  const outputs: ClientOutput[] = []
  const sentUp: Frame[] = []
  const sentDown: Frame[] = []
  const down: Frame[] = []

  const give = (input: ClientInput): ClientOutput[] => {
    const stepped = dialect.client.step(session, input, clock.nowMs())
    session = stepped.session
    outputs.push(...stepped.outputs)
    for (const output of stepped.outputs) {
      if (output.kind === 'send') {
        sentUp.push(output.frame)
        hears?.receive(output.frame)
      } else if (output.kind === 'entered') {
        copy = output.room
        memberId = output.memberId
      } else if (output.kind === 'resumed') {
        memberId = output.memberId
      } else if (output.kind === 'event') {
        const taken = takeEvent(copy, output.numbered)
        if (taken.kind === 'applied') copy = taken.room
        if (taken.kind === 'gap') {
          gaps += 1
          give({ kind: 'copy-lost' })
        }
      }
    }
    return [...stepped.outputs]
  }

  /** Until neither side has anything to say. */
  const drain = async (): Promise<void> => {
    await settle()
    while (down.length > 0) {
      for (let frame = down.shift(); frame !== undefined; frame = down.shift()) give({ kind: 'frame', frame })
      await settle()
    }
  }

  return {
    async enter(wish) {
      hears = host.server.accept(`ws://here${dialect.server.paths[0] ?? '/'}`, {
        send(frame) {
          sentDown.push(frame)
          down.push(frame)
        },
        close(code) {
          closeCode ??= code
        },
      })
      give({ kind: 'join', server: 'http://here', wish })
      give({ kind: 'opened' })
      await drain()
    },
    async ask(command) {
      asks += 1
      const ask = `ask-${asks}`
      const from = outputs.length
      give({ kind: 'command', ask, command })
      await drain()
      for (const output of outputs.slice(from)) {
        if (output.kind === 'done' && output.ask === ask) return 'done'
        if (output.kind === 'refused' && output.ask === ask) return output.refusal
      }
      return 'no answer'
    },
    async give(input) {
      give(input)
      await drain()
    },
    async toServer(frame) {
      hears?.receive(frame)
      await drain()
    },
    async toClient(frame) {
      const given = give({ kind: 'frame', frame })
      await drain()
      return given
    },
    hear: drain,
    async lose() {
      give({ kind: 'closed', code: 1006, reason: '' })
      const lost = hears
      hears = undefined
      lost?.closed()
      await drain()
    },
    copy: () => copy,
    memberId: () => memberId,
    outputs,
    sentUp,
    sentDown,
    gaps: () => gaps,
    closedWith: () => closeCode,
  }
}
