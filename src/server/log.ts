/**
 * What an operator reads: structured lines on the error stream, so that the output stream says only where we listen.
 * Never in it: what a room contains, its code, names of people, tokens. A room is told by its id, a socket by its number.
 * error: somebody must look · warn: it went on, but something was wrong · info: one line per step of a life · debug: the rest.
 */
import { destination, pino } from 'pino'
import type { Clock } from '../platform/clock'
import type { LogLevel } from './settings'
import { createTokenBucket } from './token-bucket'

export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>
type Line = (fields: LogFields, sentence: string) => void
export type Log = { readonly debug: Line; readonly info: Line; readonly warn: Line; readonly error: Line }

const STDERR = 2

export function createLog(level: LogLevel): Log {
  // Written at once: what was said right before a crash is what is wanted after it.
  const logger = pino({ level, base: null }, destination({ fd: STDERR, sync: true }))
  return {
    debug: (fields, sentence) => logger.debug(fields, sentence),
    info: (fields, sentence) => logger.info(fields, sentence),
    warn: (fields, sentence) => logger.warn(fields, sentence),
    error: (fields, sentence) => logger.error(fields, sentence),
  }
}

/** Lines of a level that may come at once, and per second after that: about 100 MB a day at the very worst. */
const BURST = 1_000
const LINES_PER_SEC = 5

/** Strangers cause lines, so there is a bound to them; what was left out is counted, and told with the next line. */
export function boundLog(log: Log, clock: Clock): Log {
  const bound = (level: 'info' | 'warn' | 'error'): Line => {
    const bucket = createTokenBucket(LINES_PER_SEC, BURST)
    let leftOut = 0
    return (fields, sentence) => {
      if (!bucket.take(clock.nowMs())) {
        leftOut += 1
        return
      }
      if (leftOut > 0) log.warn({ lines: leftOut, level }, 'lines were left out, there were too many')
      leftOut = 0
      log[level](fields, sentence)
    }
  }
  return { debug: log.debug, info: bound('info'), warn: bound('warn'), error: bound('error') }
}

/** What went wrong, for a log line, whatever was thrown. */
export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}
