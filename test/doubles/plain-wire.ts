/**
 * A wire for tests of what the server does for wires: a frame or a body is one output of the machine, as JSON, and every input is written down and sent back.
 * A request is answered once what it asked is; its session is that of the token in its `authorization`.
 */
import type { ServerDialect, ServerInput, ServerOutput } from '../../src/dialects/server-dialect'
import { tuttiServer } from '../../src/dialects/tutti/server'

export type PlainSession = {
  readonly heard: readonly ServerInput[]
  /** The request that waits for what it asked. */
  readonly waiting?: { readonly request: string; readonly ask: string }
}

export function createPlainWire(changes: Partial<ServerDialect<PlainSession>> = {}): ServerDialect<unknown> {
  const wire: ServerDialect<PlainSession> = {
    name: 'plain',
    paths: ['/plain', '/plain/*'],
    requests: { prefixes: ['/plain/'], maxBodyBytes: 1024, keyOf: ({ headers }) => headers['authorization'] },
    transport: tuttiServer.transport,
    keepsSeat: false,
    hearsEach: true,
    fresh: { heard: [] },
    step,
    tell: () => [],
    ...changes,
  }
  return wire
}

function step(
  { heard, waiting }: PlainSession,
  input: ServerInput,
): { readonly session: PlainSession; readonly outputs: readonly ServerOutput[] } {
  const session = { heard: [...heard, input] }
  if (input.kind === 'frame') return { session, outputs: [asOutput(String(input.frame))] }
  if (input.kind === 'request') {
    const {
      ask: request,
      request: { body },
    } = input
    if (body === '') return { session, outputs: [respond(session, request)] }
    const output = asOutput(body)
    return { session: { ...session, waiting: { request, ask: 'ask' in output ? output.ask : '' } }, outputs: [output] }
  }
  const send: ServerOutput = { kind: 'send', frame: JSON.stringify(input) }
  if (!waiting) return { session, outputs: [send] }
  if (!('ask' in input) || input.ask !== waiting.ask) return { session: { ...session, waiting }, outputs: [send] }
  return { session, outputs: [send, respond(session, waiting.request)] }
}

/** The answer says what the session has heard by now. */
function respond({ heard }: PlainSession, ask: string): ServerOutput {
  const body = JSON.stringify(heard.map(({ kind }) => kind))
  return { kind: 'respond', ask, response: { status: 200, headers: {}, body } }
}

function asOutput(text: string): ServerOutput {
  return JSON.parse(text) as ServerOutput
}
