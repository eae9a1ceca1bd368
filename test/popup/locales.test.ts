import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { REFUSAL_CODES } from '../../src/core/room/refusal'
import { REFUSALS } from '../../src/look/refusals'
import { getMessage, LOCALES, type Messages } from './messages'

const root = new URL('../../', import.meta.url)
const { en = {} } = LOCALES
const keys = Object.keys(en)

const sources = readdirSync(new URL('src/', root), { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => readFileSync(new URL(`src/${path}`, root), 'utf8'))
  .join('\n')
const manifest = readFileSync(new URL('manifest.json', root), 'utf8')

/** The gaps that a message has in its text. */
const gapsOf = (message: string) => [...message.matchAll(/\$(\w+)\$/g)].map(([, name]) => name?.toLowerCase())

describe('the locales', () => {
  it('[U30] are the folders that the manifest offers, English first', () => {
    expect(readdirSync(new URL('public/_locales/', root)).sort()).toEqual(Object.keys(LOCALES).sort())
    expect(JSON.parse(manifest)).toMatchObject({ default_locale: 'en' })
  })

  it.each(Object.entries(LOCALES))(
    '[U31] %s has every sentence, and the same gaps in each',
    (_, messages: Messages) => {
      expect(Object.keys(messages)).toEqual(keys)
      for (const key of keys) {
        const contents = (entry: Messages[string] | undefined) =>
          Object.entries(entry?.placeholders ?? {}).map(([name, { content }]) => `${name}=${content}`)
        expect(contents(messages[key]), key).toEqual(contents(en[key]))
        expect(new Set(gapsOf(messages[key]?.message ?? '')), key).toEqual(new Set(gapsOf(en[key]?.message ?? '')))
      }
    },
  )

  it.each(Object.entries(LOCALES))(
    '[U31] %s fills each gap that it shows, and shows each that it fills',
    (_, messages) => {
      for (const [key, { message, placeholders = {} }] of Object.entries(messages)) {
        expect(new Set(gapsOf(message)), key).toEqual(new Set(Object.keys(placeholders)))
        expect(
          Object.values(placeholders).map(({ content }) => content),
          key,
        ).toEqual(Object.keys(placeholders).map((_, i) => `$${i + 1}`))
      }
    },
  )

  it('[U32] hold no sentence that nothing says', () => {
    const said = (key: string) => sources.includes(`'${key}'`) || manifest.includes(`__MSG_${key}__`)
    expect(keys.filter((key) => !said(key))).toEqual([])
  })

  it('[U32] have every sentence that the manifest names', () => {
    const named = [...manifest.matchAll(/__MSG_(\w+)__/g)].map(([, key]) => key)
    expect(named.filter((key) => key === undefined || !(key in en))).toEqual([])
    expect(named.length).toBeGreaterThan(0)
  })

  it('[U33] have two sentences for every refusal: what is, and what to do next', () => {
    for (const code of REFUSAL_CODES) {
      const [what, next] = REFUSALS[code]
      expect(getMessage(en, what), code).not.toBe('')
      expect(getMessage(en, next), code).toMatch(/\.$/)
    }
  })

  it.each(Object.entries(LOCALES))('[U34] %s speaks without exclamation marks and in full', (language, messages) => {
    for (const [key, { message }] of Object.entries(messages)) {
      expect(message, key).not.toBe('')
      expect(message, key).not.toContain('!')
    }
    expect(messages['language']?.message).toBe(language)
    expect(messages['extDescription']?.message.length).toBeLessThanOrEqual(132)
  })
})
