/** How much one person may say: a bucket that fills by one line a second. Pure arithmetic; a full bucket is not kept. */
import { ofIdentity, ROOM_LIMITS, ROOM_TIMES, type ServerOnlyRoom } from './room'

type Buckets = ServerOnlyRoom['chatByIdentity']

/** How many lines somebody may send now. */
export function chatLeft(buckets: Buckets, identity: string, nowMs: number): number {
  const bucket = ofIdentity(buckets, identity)
  if (!bucket) return ROOM_LIMITS.chatBurst
  return Math.min(ROOM_LIMITS.chatBurst, bucket.left + Math.max(0, nowMs - bucket.atMs) / ROOM_TIMES.chatEveryMs)
}

export function chatBucketAfter(buckets: Buckets, identity: string, atMs: number): Buckets {
  const emptied = Object.keys(buckets).filter(
    (other) => other !== identity && chatLeft(buckets, other, atMs) < ROOM_LIMITS.chatBurst,
  )
  return {
    ...Object.fromEntries(emptied.flatMap((other) => (buckets[other] ? [[other, buckets[other]]] : []))),
    [identity]: { left: Math.max(0, chatLeft(buckets, identity, atMs) - 1), atMs },
  }
}
