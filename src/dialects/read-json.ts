/** A frame as the value that its JSON text means; nothing where it is binary or no JSON. What the value may be is each dialect's to say. */
import type { Frame } from './dialect'

export function readJson(frame: Frame): { readonly value: unknown } | undefined {
  if (typeof frame !== 'string') return undefined
  try {
    return { value: JSON.parse(frame) as unknown }
  } catch {
    return undefined
  }
}
