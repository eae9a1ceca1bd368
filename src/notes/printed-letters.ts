/** What is printed on this computer's keys, as far as the browser tells (Chromium does). */

type WithLayout = { readonly keyboard?: { getLayoutMap(): Promise<ReadonlyMap<string, string>> } }

export async function printedLetters(): Promise<ReadonlyMap<string, string>> {
  try {
    // No declaration knows it yet.
    const layout = await (navigator as WithLayout).keyboard?.getLayoutMap()
    return layout ? new Map(layout) : new Map()
  } catch {
    return new Map()
  }
}
