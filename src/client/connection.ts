/**
 * One socket and the dialect's machine on it: carries frames in and out, wakes the machine, notices a dead link.
 * Knows nothing of rooms or of coming back; when it is over it says so once and is thrown away.
 */
import type { ClientDialect, ClientInput, ClientOutput } from '../dialects/client-dialect'
import type { Clock } from '../platform/clock'
import type { Fetch } from '../platform/fetch'
import type { Frame, OpenSocket, Socket } from '../platform/socket'
import type { Cancel, Timers } from '../platform/timers'

/** How long a leave may take before the socket is closed over it. */
const LEAVE_MS = 1_000

const LEAVE_ASK = 'leave'

type Headers = Readonly<Record<string, string | null>>

export type ConnectionDeps = {
  readonly openSocket: OpenSocket
  /** For wires that ask by plain requests as well. */
  readonly fetch?: Fetch
  readonly clock: Clock
  readonly timers: Timers
  readonly dialect: ClientDialect<unknown>
}

/** What the machine wants of others than the socket. */
export type ConnectionOutput = Exclude<ClientOutput, { kind: 'open' | 'fetch' | 'send' | 'close' | 'wake' }>

export type ConnectionListeners = {
  onOutput(output: ConnectionOutput): void
  onFrame(): void
  /** The link is lost. Not called after `close` or `leave`. */
  onLost(): void
}

export type Connection = {
  /** Apart from making it, so that whoever makes it holds it when the first output comes. */
  start(): void
  give(input: ClientInput): void
  /** Leaves the room, then closes; nothing is told any more. */
  leave(): void
  /** Closes at once; nothing is told any more. */
  close(): void
}

export function createConnection(
  deps: ConnectionDeps,
  first: Extract<ClientInput, { readonly kind: 'join' | 'ask-outside' | 'be-outside' }>,
  listeners: ConnectionListeners,
): Connection {
  const { clock, timers, dialect } = deps
  let session = dialect.fresh
  let listening = true
  let over = false
  let lastHeardMs = clock.nowMs()
  let cancelWake: Cancel = () => {}
  let cancelWatch: Cancel = () => {}
  let socket: Socket | undefined

  // What an output causes may be the next input; one is finished before the next begins.
  const inputs: ClientInput[] = []
  let busy = false
  const give = (input: ClientInput): void => {
    inputs.push(input)
    if (busy) return
    busy = true
    try {
      for (let next = inputs.shift(); next; next = inputs.shift()) {
        const stepped = dialect.step(session, next, clock.nowMs())
        session = stepped.session
        for (const output of stepped.outputs) if (!over) handle(output)
      }
    } finally {
      busy = false
    }
  }

  const handle = (output: ClientOutput): void => {
    if (output.kind === 'open') open(output.url, output.headers)
    else if (output.kind === 'fetch') void fetchFor(output)
    else if (output.kind === 'send') socket?.send(output.frame)
    else if (output.kind === 'wake') wakeAt(output.atMs)
    else if (output.kind === 'close') lose()
    else if (listening) listeners.onOutput(output)
    else if ((output.kind === 'done' || output.kind === 'refused') && output.ask === LEAVE_ASK) stop()
  }

  const wakeAt = (atMs: number): void => {
    cancelWake()
    cancelWake = timers.after(Math.max(0, Math.ceil(atMs - clock.nowMs())), () => give({ kind: 'woke' }))
  }

  const stop = (): void => {
    if (over) return
    over = true
    inputs.length = 0
    cancelWake()
    cancelWatch()
    socket?.close(1000)
  }

  /** Does not wait for the socket's own goodbye: over a dead link that takes minutes. */
  const lose = (): void => {
    if (over) return
    stop()
    if (listening) listeners.onLost()
  }

  const watch = (silenceMs: number): void => {
    const silentMs = clock.nowMs() - lastHeardMs
    if (silentMs >= silenceMs) lose()
    else cancelWatch = timers.after(Math.ceil(silenceMs - silentMs), () => watch(silenceMs))
  }

  const heard = (): void => {
    lastHeardMs = clock.nowMs()
  }

  const open = (url: string, headers: Headers | undefined): void => {
    if (socket) return
    const handlers = {
      onOpen() {
        if (over) return
        heard()
        give({ kind: 'opened' })
      },
      onFrame(frame: Frame) {
        if (over) return
        heard()
        if (listening) listeners.onFrame()
        give({ kind: 'frame', frame })
      },
      onClose(code: number, reason: string) {
        if (over) return
        // The machine may know that there is nothing to come back to.
        give({ kind: 'closed', code, reason })
        lose()
      },
    }
    socket = deps.openSocket(url, handlers, headers)
  }

  const fetchFor = async ({ ask, request }: Extract<ClientOutput, { kind: 'fetch' }>): Promise<void> => {
    const response = await deps.fetch?.(request)
    if (over) return
    if (response) heard()
    give({ kind: 'fetched', ask, ...(response && { response }) })
  }

  return {
    start() {
      if (dialect.silenceMs !== undefined) watch(dialect.silenceMs)
      give(first)
    },
    give(input) {
      if (!over) give(input)
    },
    leave() {
      if (over) return
      listening = false
      cancelWatch()
      cancelWatch = timers.after(LEAVE_MS, stop)
      give({ kind: 'command', ask: LEAVE_ASK, command: { type: 'leave' } })
    },
    close() {
      listening = false
      stop()
    },
  }
}
