/** Waits for a condition, never for a time to pass. */
import { setTimeout as delay } from 'node:timers/promises'

const LOOK_AGAIN_MS = 50

/**
 * @template T
 * @param {string} what said when it does not happen, like "the popup shows the room"
 * @param {() => T | Promise<T>} look called until it answers something truthy
 * @param {number} [atMostMs]
 * @returns {Promise<NonNullable<T>>}
 */
export async function until(what, look, atMostMs = 15_000) {
  const endMs = performance.now() + atMostMs
  /** @type {unknown} */
  let last
  for (;;) {
    try {
      const answer = await look()
      if (answer) return answer
      last = answer
    } catch (error) {
      last = error
    }
    if (performance.now() > endMs) {
      const told = last instanceof Error ? last.message : JSON.stringify(last)
      throw new Error(`Waited ${atMostMs / 1000} s in vain until ${what}; the last look said: ${told}`)
    }
    await delay(LOOK_AGAIN_MS)
  }
}
