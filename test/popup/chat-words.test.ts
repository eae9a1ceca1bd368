import { describe, expect, it } from 'vitest'
import { leftOutOf, wishesIn } from '../../src/look/wishes'
import type { Sentence } from '../../src/platform/i18n'
import { answerSentences, noticeSentence, piecesOf, typingSentence } from '../../src/popup/chat/chat-words'
import { nextTab, TABS } from '../../src/popup/tab'
import { getMessage, LOCALES } from './messages'

const { en = {}, de = {} } = LOCALES
const listOf = (names: readonly string[]) => new Intl.ListFormat('en', { type: 'conjunction' }).format(names)
const say = ([key, ...rest]: Sentence, messages = en) => getMessage(messages, key, rest)

describe('a line', () => {
  const fox = { name: 'Clever Fox', isSelf: false }
  const self = { name: 'Clever', isSelf: true }

  it('[U59] comes in pieces where somebody is meant; the longest name counts, however cased', () => {
    expect(piecesOf('hi @clever fox, and @Clever', [self, fox])).toEqual([
      { text: 'hi ' },
      { text: '@clever fox', mention: 'other' },
      { text: ', and ' },
      { text: '@Clever', mention: 'self' },
    ])
    expect(piecesOf('hi @Clever Fox', [])).toEqual([{ text: 'hi @Clever Fox' }])
    expect(piecesOf('', [fox])).toEqual([])
  })

  it('[U59] of the room itself is said in the person’s language', () => {
    const notice = { what: 'kicked', name: 'Quiet Owl', byName: 'Momo' } as const
    expect(say(noticeSentence(notice))).toBe('Quiet Owl was sent out by Momo')
    expect(say(noticeSentence(notice), de)).toBe('Quiet Owl wurde von Momo hinausgeschickt')
    expect(say(noticeSentence({ what: 'unmuted', name: 'Quiet Owl' }))).toBe('Quiet Owl may chat again')
  })
})

describe('what is answered to a slash', () => {
  it.each([
    [{ type: 'users', names: ['A', 'B'] }, ['Here: A and B']],
    [{ type: 'unknown-command', typed: 'dance' }, ['There is no /dance. /help tells what there is.']],
    [{ type: 'nobody-called', name: 'Foxy' }, ['Nobody here is called Foxy.']],
    [{ type: 'usage', command: 'kick' }, ['What the chat understands:', '/kick NAME [REASON]']],
    [{ type: 'help', commands: ['help', 'me'] }, ['What the chat understands:', '/help', '/me TEXT']],
  ] as const)('[U59] %j', (answer, said) => {
    expect(answerSentences(answer, listOf).map((sentence) => say(sentence))).toEqual(said)
  })
})

describe('who types', () => {
  it('[U59] is named, up to two, then counted', () => {
    const typing = (names: readonly string[]) => typingSentence(names, listOf)
    expect(typing([])).toBeUndefined()
    expect(say(typing(['A']) ?? ['close'])).toBe('A is typing')
    expect(say(typing(['A', 'B']) ?? ['close'])).toBe('A and B are typing')
    expect(say(typing(['A', 'B', 'C']) ?? ['close'])).toBe('3 people are typing')
  })
})

describe('addresses', () => {
  it('[U56] are taken one a line, and only those that a browser opens as a page', () => {
    const text = ' https://films.example/watch/1?t=5 \nnot an address\nHTTP://other.example/\nfile:///etc/passwd\n'
    expect(wishesIn(text)).toEqual([
      { content: { address: 'https://films.example/watch/1?t=5', title: 'films.example/watch/1?t=5' } },
      { content: { address: 'HTTP://other.example/', title: 'other.example' } },
    ])
    expect(leftOutOf(text)).toBe('not an address\nfile:///etc/passwd')
  })

  it('[U56] are at most 50, none longer than a room takes', () => {
    expect(wishesIn('https://a.example\n'.repeat(60))).toHaveLength(50)
    expect(leftOutOf('https://a.example\n'.repeat(60)).split('\n')).toHaveLength(10)
    expect(wishesIn(`https://a.example/${'x'.repeat(2000)}`)).toEqual([])
  })
})

describe('the tabs', () => {
  it.each([
    ['watch', 'ArrowRight', 'queue'],
    ['watch', 'ArrowLeft', 'people'],
    ['people', 'ArrowRight', 'watch'],
    ['chat', 'Home', 'watch'],
    ['queue', 'End', 'people'],
    ['queue', 'Enter', undefined],
  ] as const)('[U52] from %s by %s to %s', (tab, key, next) => {
    expect(nextTab(TABS, tab, key)).toBe(next)
  })
})
