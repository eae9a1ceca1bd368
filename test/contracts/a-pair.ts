/** A client machine and a server machine of one dialect, wired to each other without any shell; frames arrive at once. */

import { takeEvent } from '../../src/client/copy'
import type { RoomCommand } from '../../src/core/room/command'
import type { Refusal } from '../../src/core/room/refusal'
import type { PublicRoom } from '../../src/core/room/room'
import type {
  ClientDialect,
  ClientInput,
  ClientOutput,
  Frame,
  JoinWish,
  ServerDialect,
} from '../../src/dialects/dialect'
import type { Clock } from '../../src/platform/clock'
import type { ServerHears } from '../doubles/channel'
import type { TinyHost } from '../doubles/tiny-host'

export type DialectPair = { readonly server: ServerDialect<unknown>; readonly client: ClientDialect<unknown> }

export type APair = {
  enter(wish: JoinWish): void
  /** Answers what became of it. */
  ask(command: RoomCommand): Refusal | 'done' | 'no answer'
  give(input: ClientInput): ClientOutput[]
  /** Raw frames past the own machine. */
  toServer(frame: Frame): void
  toClient(frame: Frame): ClientOutput[]
  /** Reads what others caused. */
  hear(): void
  lose(): void
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

export function aPair(dialect: DialectPair, host: TinyHost, clock: Clock): APair {
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

  let draining = false
  const drain = (): void => {
    if (draining) return
    draining = true
    for (let frame = down.shift(); frame !== undefined; frame = down.shift()) give({ kind: 'frame', frame })
    draining = false
  }

  return {
    enter(wish) {
      hears = host.attach(dialect.server, {
        send(frame) {
          sentDown.push(frame)
          down.push(frame)
        },
        close(code) {
          closeCode ??= code
        },
      })
      give({ kind: 'opened', wish })
      drain()
    },
    ask(command) {
      asks += 1
      const ask = `ask-${asks}`
      const from = outputs.length
      give({ kind: 'command', ask, command })
      drain()
      for (const output of outputs.slice(from)) {
        if (output.kind === 'done' && output.ask === ask) return 'done'
        if (output.kind === 'refused' && output.ask === ask) return output.refusal
      }
      return 'no answer'
    },
    give(input) {
      const given = give(input)
      drain()
      return given
    },
    toServer(frame) {
      hears?.receive(frame)
      drain()
    },
    toClient(frame) {
      const given = give({ kind: 'frame', frame })
      drain()
      return given
    },
    hear: drain,
    lose() {
      give({ kind: 'closed' })
      const lost = hears
      hears = undefined
      lost?.closed()
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
