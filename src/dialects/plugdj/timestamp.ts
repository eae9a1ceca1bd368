/**
 * Moments as this wire writes them: `YYYY-MM-DD HH:MM:SS.ffffff` in UTC, always six digits behind the dot, because a client cuts the text there.
 * What is read may have fewer, or a zone behind it. Pure; knows no clock.
 */

/** No honest moment is outside of what four digits of a year can say. */
const LAST_MS = 253_402_300_799_000

export function timestampOf(atMs: number): string {
  const micros = Math.round(Math.min(LAST_MS, Math.max(0, atMs)) * 1000)
  const ms = Math.floor(micros / 1000)
  // oxlint-disable-next-line eslint/no-restricted-globals -- it spells a moment, and asks no clock
  const text = new Date(ms).toISOString().replace('T', ' ').replace('Z', '')
  return text + String(micros - ms * 1000).padStart(3, '0')
}

const TIMESTAMP = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?: ?(?:UTC|Z|\+00:00))?$/

export function momentOf(text: string): number | undefined {
  const [, year, month, day, hour, minute, second, fraction = '0'] = TIMESTAMP.exec(text) ?? []
  if (year === undefined) return undefined
  // oxlint-disable-next-line eslint/no-restricted-globals -- it reads a moment, and asks no clock
  const wholeMs = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second))
  return wholeMs + Number(`0.${fraction}`) * 1000
}
