/** Frames that no honest peer sends. `honest` are frames of the wire, to be spoilt. */
import fc from 'fast-check'
import type { Frame } from '../../src/dialects/dialect'

const NASTY_VALUES = [
  '1e999',
  '-1e999',
  '1e308',
  '-0',
  '9007199254740993',
  'null',
  '[]',
  '{}',
  '""',
  'true',
  '"\\ud800"',
]

export function hostileFrame(honest: readonly Frame[]): fc.Arbitrary<Frame> {
  const texts = honest.filter((frame) => typeof frame === 'string')
  const binaries = honest.filter((frame) => typeof frame !== 'string')
  const anyText = texts.length > 0 ? fc.constantFrom(...texts) : fc.constant('')
  return fc.oneof(
    fc.string({ maxLength: 200, unit: 'binary' }),
    fc.json({ maxDepth: 4 }),
    fc.uint8Array({ maxLength: 64 }),
    fc.constantFrom('', ' ', 'null', '0', '[]', '{}', '"', '\0', '{"type":null}', '{"type":"__proto__"}'),
    fc.integer({ min: 1, max: 8000 }).map((depth) => '['.repeat(depth)),
    fc.integer({ min: 1, max: 1000 }).map((depth) => `${'{"type":'.repeat(depth)}1${'}'.repeat(depth)}`),
    fc.integer({ min: 1, max: 40_000 }).map((length) => JSON.stringify({ type: 'x'.repeat(length) })),
    truncated(anyText),
    withNastyValue(anyText),
    withPrototypeKey(anyText),
    anyText.map((text) => new TextEncoder().encode(text)),
    ...(binaries.length > 0 ? [spoilt(fc.constantFrom(...binaries))] : []),
  )
}

/** Cut short, with a few bytes that are others, or with something behind it. */
function spoilt(frames: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> {
  const others = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 4 })
  const behind = fc.uint8Array({ maxLength: 12 })
  return fc.tuple(frames, fc.nat(), others, behind).map(([frame, cut, changes, more]) => {
    const bytes = Uint8Array.from([...frame.subarray(0, frame.length - (cut % (frame.length + 1))), ...more])
    for (const [at, value] of changes) bytes[at % Math.max(1, bytes.length)] = value
    return bytes
  })
}

export function truncated(texts: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(texts, fc.nat()).map(([text, at]) => text.slice(0, at % Math.max(1, text.length)))
}

/** One value somewhere in the frame becomes another. */
function withNastyValue(texts: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(texts, fc.nat(), fc.constantFrom(...NASTY_VALUES)).map(([text, which, nasty]) => {
    const values = [...text.matchAll(/(?<=:)("(?:[^"\\]|\\.)*"|-?[\d.]+|true|false|null)/g)]
    const value = values[which % Math.max(1, values.length)]
    return value ? text.slice(0, value.index) + nasty + text.slice(value.index + value[0].length) : text
  })
}

function withPrototypeKey(texts: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const key = fc.constantFrom('__proto__', 'constructor', 'toString', 'prototype')
  return fc.tuple(texts, key).map(([text, key]) => text.replace('{', `{"${key}":{"polluted":true,"type":"leave"},`))
}
