import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '..')

/** Rules as SPEC.md numbers them. */
function specRules(): string[] {
  const text = readFileSync(join(ROOT, 'SPEC.md'), 'utf8')
  return [...text.matchAll(/^- \*\*([A-Z]{1,2}\d+)\*\* /gm)].map(([, rule]) => rule ?? '')
}

/** Rules that titles of tests cite: `it('[T3] …')`, also several as in `[T3, T4]`. */
function citedRules(): Set<string> {
  const cited = new Set<string>()
  for (const name of readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts') || name === 'spec.test.ts') continue
    for (const [, list = ''] of readFileSync(join(ROOT, 'test', name), 'utf8').matchAll(
      /['"`]\[([A-Z]{1,2}\d[^\]]*)\]/g,
    )) {
      for (const rule of list.split(/[ ,]+/)) cited.add(rule)
    }
  }
  return cited
}

describe('SPEC.md and the tests', () => {
  it('name each rule once', () => {
    const rules = specRules()
    expect(rules.filter((rule, index) => rules.indexOf(rule) !== index)).toEqual([])
  })

  it('know the same rules: none without a test, no test with a rule that is not written down', () => {
    const rules = new Set(specRules())
    const cited = citedRules()
    expect({
      withoutTest: [...rules].filter((rule) => !cited.has(rule)),
      notWritten: [...cited].filter((rule) => !rules.has(rule)).sort(),
    }).toEqual({ withoutTest: [], notWritten: [] })
  })
})
