/** With which code of this wire a socket is closed, and why. */
import type { Refusal } from '../../core/room/refusal'
import type { ServerOutput } from '../server-dialect'
import { CLOSE } from './wire'

export function turnAway({ code, sentence }: Refusal): ServerOutput {
  switch (code) {
    case 'no-such-room':
    case 'room-closed':
      return close(CLOSE.noRoom)
    case 'banned':
    case 'kicked':
      return close(CLOSE.kicked, sentence)
    case 'too-fast':
    case 'too-many-joins':
      return close(CLOSE.later, sentence)
    case 'server-error':
      return close(CLOSE.fault, sentence)
    default:
      return close(CLOSE.unknown, sentence)
  }
}

export function sendOff({ code, sentence }: Refusal): ServerOutput {
  switch (code) {
    case 'kicked':
    case 'banned':
      return close(CLOSE.kicked)
    case 'room-closed':
      return close(CLOSE.unloaded)
    case 'not-in-room':
      return close(CLOSE.normal)
    default:
      return close(CLOSE.unknown, sentence)
  }
}

/** Somebody may name the code that they are closed with, if it is one of this wire. */
export function closeCodeOf(reason: number | undefined): number {
  return reason === CLOSE.normal || (reason !== undefined && reason >= 4000 && reason <= 4999) ? reason : CLOSE.unknown
}

export function close(code: number, reason = ''): ServerOutput {
  return { kind: 'close', code, reason }
}
