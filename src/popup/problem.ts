/**
 * What stood in the way, as two sentences (what is, what to do next) and perhaps a button that does it.
 * Chooses only; the sentences of refusals are the same on every page.
 */
import { REFUSALS } from '../look/refusals'
import type { Problem } from '../messages/background-to-popup'
import type { Sentence } from '../platform/i18n'

export type ProblemText = {
  readonly what: Sentence
  readonly next: Sentence
  /** In the words of who decided it. */
  readonly reason?: string
  readonly remedy?: 'retry' | 'settings'
}

/** What somebody pasted may be a page long; the sentence around it must stay readable. */
const QUOTED_LENGTH = 40

function quote(text: string): string {
  return text.length > QUOTED_LENGTH ? `${text.slice(0, QUOTED_LENGTH - 1)}…` : text
}

export function problemText(problem: Problem): ProblemText {
  switch (problem.kind) {
    case 'refused': {
      const [what, next] = REFUSALS[problem.code]
      return { what: [what], next: [next], ...(problem.reason && { reason: problem.reason }) }
    }
    case 'no-server':
      return { what: ['noServer', hostOf(problem.server)], next: ['noServerHint'], remedy: 'retry' }
    case 'not-understood':
      return { what: ['notUnderstood'], next: ['notUnderstoodHint', quote(problem.text)] }
    case 'site-denied':
      return { what: ['siteDenied', problem.host], next: ['siteDeniedHint'] }
    case 'bad-server':
      return problem.why === 'needs-https'
        ? { what: ['needsHttps'], next: ['needsHttpsHint', quote(problem.text)], remedy: 'settings' }
        : { what: ['badServer'], next: ['badServerHint', quote(problem.text)], remedy: 'settings' }
  }
}

/** The part of an address that people know a server by. */
export function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address
}
