/**
 * Figures as people read them: times, spans, milliseconds, letters and hue of a face.
 * Pure, and free of words: units that need words are sentences of the locales.
 */

/** "41:07", "1:48:02" */
export function formatTime(sec: number): string {
  const whole = Math.max(0, Math.floor(sec))
  const seconds = String(whole % 60).padStart(2, '0')
  const minutes = Math.floor(whole / 60) % 60
  const hours = Math.floor(whole / 3600)
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}` : `${minutes}:${seconds}`
}

/** A length without a sign: "3 ms", "1.4 s", "72 s". */
export function formatSpanMs(ms: number, language: string): string {
  // "Within 0 ms" is what nobody can promise.
  const span = Math.max(1, Math.abs(ms))
  if (Math.round(span) < 1000) return `${Math.round(span)} ms`
  const digits = span < 9950 ? 1 : 0
  const sec = new Intl.NumberFormat(language, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: false,
  }).format(span / 1000)
  return `${sec} s`
}

/** In time it does not matter to which side: "±3 ms"; further out it does: "+120 ms", "−1.4 s". */
export function formatSkew(skewMs: number, language: string): string {
  const sign = timingOf(skewMs) === 'in-time' ? '±' : skewMs > 0 ? '+' : '−'
  return sign + formatSpanMs(skewMs, language)
}

/** "+30 ms", "−120 ms", "0 ms": small steps on purpose, so never in seconds. */
export function formatNudge(nudgeMs: number): string {
  const sign = nudgeMs === 0 ? '' : nudgeMs > 0 ? '+' : '−'
  return `${sign}${Math.abs(nudgeMs)} ms`
}

export type Timing = 'in-time' | 'adjusting' | 'off'

/** Within 20 ms nobody hears a difference; up to 200 ms the follower pulls in unheard. */
export function timingOf(skewMs: number): Timing {
  const rounded = Math.round(Math.abs(skewMs))
  if (rounded <= 20) return 'in-time'
  return rounded <= 200 ? 'adjusting' : 'off'
}

/** "1", "1.25" */
export function formatRate(rate: number, language: string): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(rate)
}

const graphemes = new Intl.Segmenter()

function firstLetters(word: string, count: number): string {
  return Array.from(graphemes.segment(word), ({ segment }) => segment)
    .slice(0, count)
    .join('')
}

/** Two letters for a face: "HP" for Happy Panda, "MO" for Momo. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '')
  const [first, second] = words
  if (first === undefined) return '?'
  const letters = second === undefined ? firstLetters(first, 2) : firstLetters(first, 1) + firstLetters(second, 1)
  return letters.toUpperCase()
}

/** Two hues that people can tell apart without looking twice. */
const LEAST_APART_DEG = 40
/** Steps by it come by every place on the circle. */
const GOLDEN_DEG = 137.5

/** The hue of each face: of its id, moved on where somebody before it in the list looks the same. */
export function huesOf(ids: readonly string[]): readonly number[] {
  // A third of the circle stays free, so that a place is always found.
  const leastDeg = Math.min(LEAST_APART_DEG, 120 / ids.length)
  const taken: number[] = []
  for (const id of ids) {
    let hue = hueOf(id)
    while (taken.some((other) => 180 - Math.abs(180 - Math.abs(hue - other)) < leastDeg)) hue = (hue + GOLDEN_DEG) % 360
    taken.push(hue)
  }
  return taken
}

/** 0 to 359, the same for the same id on every machine. */
function hueOf(id: string): number {
  // FNV-1a, then mixed once more: ids that differ in one letter should not get neighbouring hues.
  let hash = 0x811c9dc5
  for (let i = 0; i < id.length; i += 1) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return ((hash ^ (hash >>> 13)) >>> 0) % 360
}
