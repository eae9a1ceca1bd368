/**
 * A frame as the value that its JSON text means; nothing where it is binary or no JSON. What the value may be is each dialect's to say.
 * Minus zero becomes zero: what a machine keeps is plain JSON, which has but one.
 */
import type { Frame } from './dialect'

export function readJson(frame: Frame): { readonly value: unknown } | undefined {
  if (typeof frame !== 'string') return undefined
  try {
    return { value: JSON.parse(frame, (_, value: unknown) => (value === 0 ? 0 : value)) as unknown }
  } catch {
    return undefined
  }
}
