import { describe, expect, it } from 'vitest'
import type { Frame } from '../../src/dialects/dialect'
import { tuttiServer } from '../../src/dialects/index'
import type { ServerDialect, Told } from '../../src/dialects/server-dialect'
import { createAudience, type Listener } from '../../src/server/audience'

function countingDialect(name: string): ServerDialect<unknown> {
  let encoded = 0
  return {
    name,
    paths: [],
    transport: tuttiServer.transport,
    keepsSeat: true,
    fresh: undefined,
    step: (session) => ({ session, outputs: [] }),
    tell: () => [`${name} ${++encoded}`],
  }
}

const told: Told = { kind: 'reports', reports: {} }

describe('the audience of a room', () => {
  const aRoom = () => {
    const audience = createAudience<Listener>()
    const heard: [number, Frame][] = []
    const [ours, other] = [countingDialect('ours'), countingDialect('other')]
    for (const [index, dialect] of [ours, other, ours, ours].entries()) {
      const send = (frames: readonly Frame[]): void =>
        void heard.push(...frames.map((frame): [number, Frame] => [index, frame]))
      audience.seat('room', `member-${index}`, { dialect, send, hear() {} })
    }
    return { audience, heard }
  }

  it('[S62] what is told is encoded once per dialect, however many hear it', () => {
    const { audience, heard } = aRoom()
    audience.tell('room', told)
    expect(heard.map(([, frame]) => frame)).toEqual(['ours 1', 'other 1', 'ours 1', 'ours 1'])
  })

  it('[S77] what is addressed to some reaches them once, and nobody else', () => {
    const { audience, heard } = aRoom()
    audience.tellSome('room', ['member-1', 'member-3', 'member-3', 'nobody'], told)
    audience.tellSome('nowhere', ['member-1'], told)
    expect(heard).toEqual([
      [1, 'other 1'],
      [3, 'ours 1'],
    ])
  })
})
