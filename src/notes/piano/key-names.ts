/** What a key is called: "C4", "F♯4". Pure. The middle C is C4. */
const NAMES = ['C', 'C♯', 'D', 'D♯', 'E', 'F', 'F♯', 'G', 'G♯', 'A', 'A♯', 'B'] as const

export function keyName(key: number): string {
  return `${NAMES[key % 12] ?? ''}${Math.floor(key / 12) - 1}`
}
