/** What is kept of what was played: the last, as far as there is room. */
import { PERSON_LIMITS, type PersonPlayed } from './person'

export function withPlayed(history: readonly PersonPlayed[], played: PersonPlayed): readonly PersonPlayed[] {
  let left: number = PERSON_LIMITS.historyLength
  return [played, ...history].slice(0, PERSON_LIMITS.history).filter((each) => {
    left -= JSON.stringify(each).length
    return left >= 0
  })
}
