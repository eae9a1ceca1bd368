/**
 * The person's wish to end, and work that is given up for it. Ctrl-C reaches every process of the terminal at once, so
 * what is being done may fail because of it, even a moment before the signal is seen here; such a failure is none.
 */
import { setTimeout as delay } from 'node:timers/promises'

/** By how much a failure may be ahead of the signal that it comes from, ms. */
const GRACE_MS = 50

/** @returns {AbortSignal} aborted when the person wants to end */
export function listenForEnd() {
  const ending = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => ending.abort())
  return ending.signal
}

/** @param {AbortSignal} over @returns {Promise<undefined>} resolves when it is over */
export function untilOver(over) {
  return new Promise((resolve) => {
    if (over.aborted) resolve(undefined)
    else over.addEventListener('abort', () => resolve(undefined), { once: true })
  })
}

/**
 * @template T
 * @param {AbortSignal} over
 * @param {() => Promise<T>} work
 * @returns {Promise<T | undefined>} nothing as soon as it is over, whatever becomes of the work then
 */
export async function unlessOver(over, work) {
  try {
    return await Promise.race([untilOver(over), work()])
  } catch (error) {
    await delay(GRACE_MS)
    if (over.aborted) return undefined
    throw error
  }
}
