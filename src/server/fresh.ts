/** What a decision may need that did not exist before: ids, numbers, a code and chance. Everything comes from the random port. */
import { codeFrom } from '../core/room/code'
import type { Context } from '../core/room/context'
import type { PublicRoom } from '../core/room/room'
import type { Random } from '../platform/random'

const LARGEST_NUMBER = 2 ** 31 - 1

/** `wished`: the number of who comes in; a second seat of theirs has another one. */
export function createFresh(random: Random, room: PublicRoom | undefined, wished?: number): Context['fresh'] {
  return {
    roomId: random.uuid(),
    roomNumber: anyNumber(random),
    code: codeFrom(() => random.float()),
    epoch: random.uuid(),
    memberId: random.uuid(),
    memberNumber: freeNumber(random, new Set(room?.members.map((member) => member.number)), wished),
    id: random.uuid(),
    nameSeed: random.float(),
    seed: random.float(),
  }
}

function anyNumber(random: Random): number {
  return 1 + Math.floor(random.float() * LARGEST_NUMBER)
}

function freeNumber(random: Random, taken: ReadonlySet<number>, wished: number | undefined): number {
  const drawn = anyNumber(random)
  let number = wished ?? drawn
  while (taken.has(number)) number = number === LARGEST_NUMBER ? 1 : number + 1
  return number
}
