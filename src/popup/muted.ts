/** Is somebody silent just now? A mute with an end is over by itself; nothing tells. */
import { useEffect, useState } from 'preact/hooks'
import type { Muted } from '../messages/room-parts'
import { useWorld } from './world'

const LOOKED_AT_EVERY_MS = 500

export function useIsMuted(muted: Muted | undefined, offsetMs: number): boolean {
  const { nowMs } = useWorld()
  const isSo = () => muted !== undefined && (muted.untilMs === undefined || muted.untilMs > nowMs() + offsetMs)
  const [isMuted, setIsMuted] = useState(isSo)
  // Told by its end: each view brings a new object that says the same.
  useEffect(() => {
    setIsMuted(isSo())
    if (muted?.untilMs === undefined) return undefined
    const id = setInterval(() => setIsMuted(isSo()), LOOKED_AT_EVERY_MS)
    return () => clearInterval(id)
  }, [muted !== undefined, muted?.untilMs, offsetMs])
  return isMuted
}
