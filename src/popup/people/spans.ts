/** For how long somebody is silent or stays outside. */
import type { MessageKey } from '../../platform/i18n'

const MINUTE_MS = 60_000

export type Span = 'minutes' | 'hour' | 'day' | 'for-good'

export const SPANS: readonly { readonly span: Span; readonly words: MessageKey; readonly ms?: number }[] = [
  { span: 'minutes', words: 'span10Minutes', ms: 10 * MINUTE_MS },
  { span: 'hour', words: 'spanHour', ms: 60 * MINUTE_MS },
  { span: 'day', words: 'spanDay', ms: 24 * 60 * MINUTE_MS },
  { span: 'for-good', words: 'spanForGood' },
]

/** Nothing: for good. */
export function spanMs(span: Span): number | undefined {
  return SPANS.find((each) => each.span === span)?.ms
}
