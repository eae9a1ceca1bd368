import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../src/server/limits'

const SPEC = readFileSync(new URL('../../SPEC.md', import.meta.url), 'utf8')
const rule = (number: string): string => SPEC.split('\n').find((line) => line.startsWith(`- **${number}** `)) ?? ''
const MIB = 1024 * 1024
const said = (count: number): string => count.toLocaleString('en')

describe('the limits that SPEC.md tells', () => {
  it.each([
    ['S33', `After ${LIMITS.missesPerMinute} links`],
    ['S46', `at most ${said(LIMITS.rooms)} rooms`],
    ['S48', `At most ${LIMITS.turnsInLine} turns`],
    ['S59', `at most ${LIMITS.entersPerMinute} ways in a minute and ${LIMITS.socketsPerAddress} open sockets`],
    ['S59', `up to ${LIMITS.returnsPerMinute} a minute`],
    ['A17', `${LIMITS.triesPerMinute} wrong passwords a minute`],
    ['A17', `${LIMITS.triesPerRoomPerMinute} in all`],
    [
      'S89',
      `at most ${said(LIMITS.permanentRooms)} rooms that outlive their people, and one address makes ${LIMITS.permanentPerDay} a day`,
    ],
    ['S85', `at most ${LIMITS.asksAtOnce} commands and questions at once and ${LIMITS.asksPerSec} a second`],
    ['SW5', `${LIMITS.missesPerMinute} a minute from one address`],
    ['S102', `at most ${said(LIMITS.connectionsPerAddress)} connections`],
    ['SW11', `At most ${LIMITS.roomsPerAddress} rooms`],
    ['S73', `more than ${LIMITS.unsentBytes / MIB} MiB waits`],
    ['S73', `when ${LIMITS.unsentBytesInAll / MIB} MiB wait in all`],
  ])('[S46] [S59] are those that count: %s, %s', (number, words) => {
    expect(rule(number)).toContain(words)
  })
})
