import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { contrastOf, oklchToRgb, type Rgb } from '../popup/colour'

const css = readFileSync(new URL('../../src/look/tokens.css', import.meta.url), 'utf8')
const [, lightness = '', chroma = ''] =
  /\.played \{\s*background: oklch\(([\d.]+)% ([\d.]+) var\(--hue\)\)/.exec(css) ?? []

function token(name: string): Rgb {
  const [, hex = ''] = new RegExp(`--${name}: #([0-9a-f]{6});`).exec(css) ?? []
  return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255) as unknown as Rgb
}

describe('the colour of a player', () => {
  it('[AP24] stands out from both kinds of keys and bears letters, whatever its hue', () => {
    for (let hue = 0; hue < 360; hue += 1) {
      const colour = oklchToRgb(Number(lightness) / 100, Number(chroma), hue)
      expect(contrastOf(colour, token('ivory')), `on ivory at ${hue}`).toBeGreaterThanOrEqual(3)
      for (const ebony of ['ebony', 'ebony-top'])
        expect(contrastOf(colour, token(ebony)), `on ${ebony} at ${hue}`).toBeGreaterThanOrEqual(2.5)
      expect(contrastOf(token('on-face'), colour), `letters at ${hue}`).toBeGreaterThanOrEqual(4.5)
    }
  })

  it('[AP24] keys can be told from what they lie on, and read', () => {
    expect(contrastOf(token('ebony'), token('ivory'))).toBeGreaterThanOrEqual(7)
    expect(contrastOf(token('ivory-edge'), token('ivory'))).toBeGreaterThanOrEqual(3)
  })
})
