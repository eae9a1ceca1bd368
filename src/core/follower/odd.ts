/**
 * A player that is not as we left it. Perhaps the person acted, and `hold` or `stand-aside` will say so at once;
 * perhaps a site or a browser did. Only what is still odd after a while may be put right.
 */
import { ODD_MS } from './constants'
import { wakeAt } from './hands'
import type { Odd, Turn } from './memory'

/** True once the same thing has been odd for long enough. */
export function isOddFor(turn: Turn, what: Odd['what'], isOdd: boolean): boolean {
  const { memory, nowMs } = turn
  if (!isOdd) {
    if (memory.odd?.what === what) memory.odd = undefined
    return false
  }
  if (memory.odd?.what !== what) memory.odd = { what, sinceMs: nowMs }
  if (nowMs - memory.odd.sinceMs >= ODD_MS) {
    memory.odd = undefined
    return true
  }
  wakeAt(turn, memory.odd.sinceMs + ODD_MS)
  return false
}
