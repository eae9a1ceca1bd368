/**
 * A payload of which every part stands by itself: what parses is kept, what is missing or malformed is left out, and nothing else is looked at.
 * Which parts there are, and what each may be, is each dialect's to say.
 */
import type * as z from 'zod/mini'

export function readParts<Parts extends Readonly<Record<string, z.ZodMiniType>>>(
  parts: Parts,
  payload: unknown,
): { readonly [Part in keyof Parts]?: z.infer<Parts[Part]> } {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return {}
  const given = payload as Readonly<Record<string, unknown>>
  const read = Object.entries(parts).flatMap(([part, schema]) => {
    const value = Object.hasOwn(given, part) ? schema.safeParse(given[part]) : undefined
    return value?.success && value.data !== undefined ? [[part, value.data] as const] : []
  })
  return Object.fromEntries(read) as { readonly [Part in keyof Parts]?: z.infer<Parts[Part]> }
}
