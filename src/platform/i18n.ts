/**
 * Sentences in the person's language, from `public/_locales`. The only place that asks the browser for them.
 * A key that no locale has does not compile. Knows no sentence itself.
 */
import type messages from '../../public/_locales/en/messages.json'
import { browser } from './browser'

export type MessageKey = keyof typeof messages
/** A sentence before it is said: its key, then what fills its gaps, in order. */
export type Sentence = readonly [key: MessageKey, ...substitutions: readonly string[]]

export function t(key: MessageKey, ...substitutions: readonly string[]): string {
  return browser.i18n.getMessage(key, [...substitutions])
}

/** The language that the sentences came in, which may differ from the browser's own. */
export function language(): string {
  return t('language')
}

/** "Clever Fox and Quiet Owl" */
export function listOf(items: readonly string[]): string {
  return new Intl.ListFormat(language(), { type: 'conjunction' }).format(items)
}
