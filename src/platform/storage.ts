/**
 * What outlives the background: one value under one key, parsed when it is read, because an older version or another
 * hand may have written it. `session` ends with the browser, `local` stays.
 */
import type * as z from 'zod/mini'
import { browser } from './browser'

export type Stored<Value> = {
  /** Absent if nothing is stored, or nothing that can be read. */
  read(): Promise<Value | undefined>
  /** `undefined` takes it away. */
  write(value: Value | undefined): Promise<void>
}

export function stored<Value>(area: 'session' | 'local', key: string, schema: z.ZodMiniType<Value>): Stored<Value> {
  return {
    async read() {
      const value: unknown = (await browser.storage[area].get(key))[key]
      if (value === undefined) return undefined
      const parsed = schema.safeParse(value)
      if (!parsed.success) console.warn(`Tutti: what is stored as "${key}" can't be read and is left aside`)
      return parsed.data
    },
    write: (value) =>
      value === undefined ? browser.storage[area].remove(key) : browser.storage[area].set({ [key]: value }),
  }
}
