/** A moment as people read it, in their own time zone: day and time. */
export function momentWords(atMs: number, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(atMs)
}
