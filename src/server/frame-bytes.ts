/** What a frame weighs on the wire: bytes, not letters. */
import type { Frame } from '../dialects/dialect'

export function bytesOf(frame: Frame): number {
  return typeof frame === 'string' ? Buffer.byteLength(frame) : frame.byteLength
}
