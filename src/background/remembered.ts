/**
 * A short memory that is kept over restarts: a value under each key, the one used last at the end; beyond the most that are
 * kept, the one used least recently goes. Pure; what is stored and where is others' business.
 */
import * as z from 'zod/mini'

export type Remembered<Value> = readonly { readonly key: string; readonly value: Value }[]

/** Hosts have at most 253 letters; names of devices are cut to fit. */
export const KEY_LENGTH = 300

export function recall<Value>(remembered: Remembered<Value>, key: string): Value | undefined {
  return remembered.find((one) => one.key === key)?.value
}

/** `undefined` forgets. */
export function remember<Value>(
  remembered: Remembered<Value>,
  key: string,
  value: Value | undefined,
  most: number,
): Remembered<Value> {
  const others = remembered.filter((one) => one.key !== key)
  return value === undefined ? others : [...others, { key, value }].slice(-most)
}

/** Reads what it can. An older version may have written the rest, and losing it costs less than a word about it. */
export function rememberedSchema<Value>(value: z.ZodMiniType<Value>, most: number): z.ZodMiniType<Remembered<Value>> {
  const one = z.object({ key: z.string().check(z.maxLength(KEY_LENGTH)), value })
  return z.pipe(
    z.unknown(),
    z.transform((stored) => {
      const all: readonly unknown[] = Array.isArray(stored) ? stored : []
      const read = all.map((raw) => one.safeParse(raw)).flatMap(({ data }) => (data ? [data] : []))
      return read.slice(-most)
    }),
  )
}
