/** Stands in for webextension-polyfill in the galleries: only sentences, in the language that the address asks for. */
import { getMessage, LOCALES } from '../popup/messages'

const messages = LOCALES[new URLSearchParams(location.search).get('language') ?? 'en'] ?? {}

export default {
  i18n: {
    getMessage: (key: string, substitutions: readonly string[]) => getMessage(messages, key, substitutions),
  },
}
