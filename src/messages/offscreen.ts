/**
 * What the background and the offscreen document say to each other, over the port `OFFSCREEN_PORT`: sockets by number, opened and closed there because only a
 * document's handshake can be changed by a rule. Bytes cross as base64: a port carries JSON.
 */
import * as z from 'zod/mini'

export const OFFSCREEN_PORT = 'offscreen'

const socket = z.number()
const frame = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({ kind: z.literal('bytes'), base64: z.string() }),
])
export type CarriedFrame = z.infer<typeof frame>

export const backgroundToOffscreen = z.discriminatedUnion('type', [
  z.object({ type: z.literal('open'), socket, url: z.string() }),
  z.object({ type: z.literal('send'), socket, frame }),
  z.object({
    type: z.literal('close'),
    socket,
    code: z.exactOptional(z.number()),
    reason: z.exactOptional(z.string()),
  }),
])
export type BackgroundToOffscreen = z.infer<typeof backgroundToOffscreen>

export const offscreenToBackground = z.discriminatedUnion('type', [
  z.object({ type: z.literal('opened'), socket }),
  z.object({ type: z.literal('frame'), socket, frame }),
  z.object({ type: z.literal('closed'), socket, code: z.number(), reason: z.string() }),
])
export type OffscreenToBackground = z.infer<typeof offscreenToBackground>

export function carried(frame: string | Uint8Array): CarriedFrame {
  if (typeof frame === 'string') return { kind: 'text', text: frame }
  let letters = ''
  for (const byte of frame) letters += String.fromCharCode(byte)
  return { kind: 'bytes', base64: btoa(letters) }
}

/** Nothing where it is no base64. */
export function uncarried(frame: CarriedFrame): string | Uint8Array | undefined {
  if (frame.kind === 'text') return frame.text
  try {
    return Uint8Array.from(atob(frame.base64), (letter) => letter.charCodeAt(0))
  } catch {
    return undefined
  }
}
