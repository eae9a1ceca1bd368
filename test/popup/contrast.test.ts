import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { contrastOf, oklchToRgb, type Rgb } from './colour'

const root = new URL('../../', import.meta.url)
const css = readFileSync(new URL('src/look/tokens.css', root), 'utf8')
const [light = '', dark = ''] = css.split('@media (prefers-color-scheme: dark)')

const tokensIn = (text: string) =>
  new Map([...text.matchAll(/--([\w-]+): #([0-9a-f]{6});/g)].map(([, name = '', hex = '']) => [name, hex]))
const themes = {
  light: tokensIn(light),
  // What the dark theme does not say again holds in both.
  dark: new Map([...tokensIn(light), ...tokensIn(dark)]),
}

type Theme = ReadonlyMap<string, string>

function colour(theme: Theme, name: string): Rgb {
  const hex = theme.get(name)
  if (!hex) throw new Error(`tokens.css has no --${name}`)
  return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255) as unknown as Rgb
}

/** Every text and the grounds that it stands on. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  ink: ['ground', 'surface', 'raised', 'line', 'held-ground', 'off-ground'],
  'ink-soft': ['ground', 'surface', 'raised'],
  'on-accent': ['accent', 'accent-pressed'],
  'in-time': ['surface', 'raised'],
  adjusting: ['surface'],
  off: ['surface'],
  held: ['surface'],
  'qr-dark': ['qr-light'],
}

/** What is no text but carries meaning: focus ring, edges of fields, icons, the bar. */
const SIGNS: Readonly<Record<string, readonly string[]>> = {
  accent: ['surface', 'raised', 'off-ground', 'held-ground'],
  edge: ['surface', 'raised'],
  off: ['off-ground'],
  held: ['held-ground'],
  ink: ['line'],
}

const pairs = (table: typeof TEXTS) =>
  Object.entries(themes).flatMap(([name, theme]) =>
    Object.entries(table).flatMap(([front, grounds]) => grounds.map((ground) => ({ name, theme, front, ground }))),
  )

describe('the colours', () => {
  it.each(pairs(TEXTS))('[U40] $front can be read on $ground ($name)', ({ theme, front, ground }) => {
    expect(contrastOf(colour(theme, front), colour(theme, ground))).toBeGreaterThanOrEqual(4.5)
  })

  it.each(pairs(SIGNS))('[U40] $front can be seen on $ground ($name)', ({ theme, front, ground }) => {
    expect(contrastOf(colour(theme, front), colour(theme, ground))).toBeGreaterThanOrEqual(3)
  })

  it('[U41] letters can be read on a face of any hue', () => {
    const [, lightness = '', chroma = ''] = /oklch\(([\d.]+)% ([\d.]+) var\(--hue\)\)/.exec(css) ?? []
    const letters = colour(themes.light, 'on-face')
    for (let hue = 0; hue < 360; hue += 1)
      expect(contrastOf(letters, oklchToRgb(Number(lightness) / 100, Number(chroma), hue)), `${hue}`).toBeGreaterThan(
        4.5,
      )
  })

  it('[U42] the mark can be seen in a toolbar of any colour', () => {
    for (const toolbar of ['ffffff', 'f0f0f4', '2b2a33', '202124']) {
      const ground = colour(new Map([['toolbar', toolbar]]), 'toolbar')
      for (const name of ['mark', 'mark-off'])
        expect(contrastOf(colour(themes.light, name), ground), `${name} on ${toolbar}`).toBeGreaterThanOrEqual(3)
    }
  })

  it('[U43] are named in one file', () => {
    const naming = readdirSync(new URL('src/', root), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(css|tsx|html)$/.test(path) && path !== 'look/tokens.css')
      .filter((path) =>
        /#[0-9a-f]{3,8}\b|\b(rgba?|hsla?|oklch|color)\(|: (black|white)\b/i.test(
          readFileSync(new URL(`src/${path}`, root), 'utf8'),
        ),
      )
    expect(naming).toEqual([])
  })

  it('[U43] that the browser draws itself, and so can not be told as tokens, are the values of tokens', () => {
    const toolbar = readFileSync(new URL('src/platform/toolbar.ts', root), 'utf8')
    const named = [...toolbar.matchAll(/#([0-9a-f]{6})/g)].map(([, hex]) => hex)
    expect(named.length).toBeGreaterThan(0)
    expect(named.filter((hex) => ![...themes.light.values(), ...themes.dark.values()].includes(hex ?? ''))).toEqual([])
  })

  it('[U43] are tokens that exist, and none is left over', () => {
    const readers = readdirSync(new URL('src/', root), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.css'))
      .map((path) => readFileSync(new URL(`src/${path}`, root), 'utf8'))
      .join('\n')
    const used = new Set([...readers.matchAll(/var\(--([\w-]+)\)/g)].map(([, name]) => name))
    const defined = new Set([...css.matchAll(/^ +--([\w-]+):/gm)].map(([, name]) => name))
    // A face brings its own hue; the icons are drawn in the colours of the mark.
    const elsewhere = ['mark', 'mark-off']
    expect([...used].filter((name) => name !== 'hue' && !defined.has(name))).toEqual([])
    expect([...defined].filter((name) => !used.has(name) && !elsewhere.includes(name ?? ''))).toEqual([])
  })
})
