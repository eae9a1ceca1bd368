/** A moment as people of a language write it. */
import { language } from '../../platform/i18n'

export function momentWords(atMs: number): string {
  return new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeStyle: 'short' }).format(atMs)
}
