/**
 * The computer's keys as two rows of piano keys, by where they lie and not by what is printed on them: the letters of the
 * lower row are the white keys of an octave and a bit, the row above them the black ones; the same again above that.
 * Pure; who listens to keys is not known here.
 */

const LOWER = ['KeyZ', 'KeyS', 'KeyX', 'KeyD', 'KeyC', 'KeyV', 'KeyG', 'KeyB', 'KeyH', 'KeyN', 'KeyJ', 'KeyM']
const LOWER_BEYOND = ['Comma', 'KeyL', 'Period', 'Semicolon', 'Slash']
const UPPER = ['KeyQ', 'Digit2', 'KeyW', 'Digit3', 'KeyE', 'KeyR', 'Digit5', 'KeyT', 'Digit6', 'KeyY', 'Digit7', 'KeyU']
const UPPER_BEYOND = ['KeyI', 'Digit9', 'KeyO', 'Digit0', 'KeyP']

/** In half tones above the C of the lower row. Where the rows overlap, both play. */
const STEPS: ReadonlyMap<string, number> = new Map([
  ...[...LOWER, ...LOWER_BEYOND].map((code, step) => [code, step] as const),
  ...[...UPPER, ...UPPER_BEYOND].map((code, step) => [code, step + 12] as const),
])

const SHIFTS: ReadonlyMap<string, number> = new Map([
  ['Minus', -1],
  ['Equal', 1],
])

/** What a key of the computer does on the piano. */
export type KeyWord =
  | { readonly kind: 'play'; readonly step: number }
  | { readonly kind: 'shift'; readonly octaves: number }

export function wordOf(code: string): KeyWord | undefined {
  const step = STEPS.get(code)
  if (step !== undefined) return { kind: 'play', step }
  const octaves = SHIFTS.get(code)
  return octaves === undefined ? undefined : { kind: 'shift', octaves }
}

/** What is printed on most keyboards; `printed` tells what is on this one, as far as the browser knows. */
export function lettersByStep(printed: ReadonlyMap<string, string> = new Map()): ReadonlyMap<number, string> {
  const letters = new Map<number, string>()
  // The upper row is the nearer one to read where both play.
  for (const [code, step] of STEPS) letters.set(step, (printed.get(code) ?? usual(code)).toUpperCase())
  return letters
}

const USUAL: Readonly<Record<string, string>> = { Comma: ',', Period: '.', Semicolon: ';', Slash: '/' }

function usual(code: string): string {
  return USUAL[code] ?? code.replace(/^(Key|Digit)/, '')
}
