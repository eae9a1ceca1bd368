/** Who holds which key, with their colours: the own hand first, then the others in the order in which they came. Pure. */
import type { MemberId } from '../core/room/member-id'
import type { Face, Faces } from './faces'

export type Holders = ReadonlyMap<number, readonly Face[]>

export function holdersOf(
  { own, byMember }: Faces,
  ownKeys: ReadonlySet<number>,
  othersKeys: ReadonlyMap<number, readonly MemberId[]>,
): Holders {
  const holders = new Map<number, readonly Face[]>([...ownKeys].map((key) => [key, [own]]))
  for (const [key, members] of othersKeys) {
    const faces = members.flatMap((memberId) => byMember.get(memberId) ?? [])
    if (faces.length > 0) holders.set(key, [...(holders.get(key) ?? []), ...faces])
  }
  return holders
}
