/** A dialect that is watched: each step is pure, total, and leaves a session that is plain JSON. */
import { expect } from 'vitest'
import type { DialectPair } from './a-pair'

export function strictDialect({ server, client }: DialectPair): DialectPair {
  return {
    server: {
      ...server,
      step: (session, input, nowMs) => twice(() => server.step(freeze(session), freeze(input), nowMs)),
    },
    client: {
      ...client,
      step: (session, input, nowMs) => twice(() => client.step(freeze(session), freeze(input), nowMs)),
    },
  }
}

function twice<Stepped extends { session: unknown }>(step: () => Stepped): Stepped {
  const once = step()
  expect(step(), 'the same step again answers the same').toEqual(once)
  expect(JSON.parse(JSON.stringify(once.session)), 'a session is plain JSON').toEqual(once.session)
  return once
}

function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value
  for (const inner of Object.values(value)) freeze(inner)
  return Object.freeze(value)
}
