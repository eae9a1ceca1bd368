import { describe, expect, it } from 'vitest'
import { boundLog, type Log, type LogFields } from '../../src/server/log'

describe('the bound of the log', () => {
  it('[S74] a flood of lines is cut, counted, and mutes no other level', () => {
    let nowMs = 0
    const told: [string, LogFields, string][] = []
    const line =
      (level: string) =>
      (fields: LogFields, sentence: string): void =>
        void told.push([level, fields, sentence])
    const lines: Log = { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') }
    const log = boundLog(lines, { nowMs: () => nowMs })

    for (let socket = 0; socket < 1_500; socket++) log.info({ socket }, 'a socket is open')
    expect(told).toHaveLength(1_000)
    log.error({}, 'somebody must look')
    expect(told.at(-1)).toEqual(['error', {}, 'somebody must look'])
    nowMs += 1_000
    log.info({ socket: 2_000 }, 'a socket is open')
    expect(told.slice(-2)).toEqual([
      ['warn', { lines: 500, level: 'info' }, 'lines were left out, there were too many'],
      ['info', { socket: 2_000 }, 'a socket is open'],
    ])
  })
})
