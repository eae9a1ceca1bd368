import { describe, expect, it } from 'vitest'
import type { ChatLine } from '../../../src/core/room/chat-line'
import { type ARoom, aRoom } from './a-room'

/** ann is host, mia moderator, gus guest. */
function aChat(): ARoom {
  const party = aRoom()
  for (const name of ['ann', 'mia', 'gus']) party.joins(name)
  party.asks('ann', { type: 'set-role', memberId: party.called('mia').id, role: 'moderator' })
  return party
}

const says = (party: ARoom, name: string, text: string): string[] | string => party.asks(name, { type: 'say', text })
const last = (party: ARoom): ChatLine => {
  const line = party.room().chat.at(-1)
  if (!line) throw new Error('nobody said anything')
  return line
}

describe('the chat', () => {
  it('[X11] a line turns no words around it about, and keeps the marks that languages need', () => {
    const party = aChat()
    says(party, 'gus', '\u202Eabc\u2066 שלום\u200F!')
    expect(last(party).content.text).toBe('abc שלום\u200F!')
    expect(says(party, 'gus', '\u202E\u2069')).toBe('bad-line')
  })

  it('[X1] a line has 1 to 500 characters that show something, an id, a number, who said it and who is meant', () => {
    const party = aChat()
    const mentions = [party.called('mia').id, 'nobody', party.called('mia').id]
    party.asks('gus', { type: 'say', text: ' hello\u0000mia\n', mentions })
    expect(last(party)).toEqual({
      id: last(party).id,
      number: 1,
      kind: 'text',
      memberId: party.called('gus').id,
      atMs: party.nowMs,
      mentions: [party.called('mia').id],
      reactions: [],
      content: { text: 'hello mia', name: 'gus' },
    })
    for (const text of ['', ' \n ', 'x'.repeat(501)]) expect(says(party, 'gus', text)).toBe('bad-line')
    says(party, 'ann', 'x'.repeat(500))
    expect(last(party).number).toBe(2)
  })

  it('[X2] the last 100 lines are there for who comes late', () => {
    const party = aChat()
    for (let n = 0; n < 130; n += 1) {
      says(party, 'gus', `line ${n}`)
      party.passes(1_000)
    }
    expect(party.room().chat).toHaveLength(100)
    expect(last(party)).toMatchObject({ number: 130, content: { text: 'line 129' } })
  })

  it('[X3] five lines at once, then one a second, for each person, also after leaving and coming back', () => {
    const party = aChat()
    for (let n = 0; n < 5; n += 1) expect(says(party, 'gus', 'hello')).toEqual(['chat-said'])
    expect(says(party, 'gus', 'hello')).toBe('too-fast')
    expect(party.asks('gus', { type: 'react', lineId: last(party).id, emoji: '👍', on: true })).toBe('too-fast')
    expect(says(party, 'ann', 'hello')).toEqual(['chat-said'])
    party.asks('gus', { type: 'leave' })
    party.joins('gus')
    expect(says(party, 'gus', 'hello')).toBe('too-fast')
    party.passes(1_000)
    expect(says(party, 'gus', 'hello')).toEqual(['chat-said'])
    expect(says(party, 'gus', 'hello')).toBe('too-fast')
    party.passes(60_000)
    says(party, 'ann', 'hello')
    expect(Object.keys(party.whole().serverOnly.chatByIdentity), 'full buckets are not kept').toEqual(['ann'])
  })

  it('[X4] where the chat is off, or without the right to it, nobody says anything', () => {
    const party = aChat()
    party.asks('ann', { type: 'set-permissions', role: 'guest', permissions: [] })
    expect(says(party, 'gus', 'hello')).toBe('not-allowed')
    party.asks('ann', { type: 'configure', settings: { chat: false } })
    expect(says(party, 'ann', 'hello')).toBe('chat-off')
    expect(party.room().chat).toEqual([])
  })

  it('[X5] each sign counts once for each member and is taken back; a line bears 40', () => {
    const party = aChat()
    says(party, 'gus', 'hello')
    const lineId = last(party).id
    const react = (name: string, emoji: string, on = true) => party.asks(name, { type: 'react', lineId, emoji, on })
    react('ann', '👍')
    react('mia', '👍')
    expect(react('mia', '👍')).toEqual([])
    react('mia', '🎉')
    react('mia', '🎉', false)
    expect(last(party).reactions).toEqual([{ emoji: '👍', by: [party.called('ann').id, party.called('mia').id] }])
    expect(react('mia', '')).toBe('out-of-range')
    expect(react('mia', 'x'.repeat(33))).toBe('out-of-range')
    expect(party.asks('mia', { type: 'react', lineId: 'none', emoji: '👍', on: true })).toBe('no-such-line')
    for (let n = 0; n < 38; n += 1) {
      party.passes(1_000)
      expect(react('ann', `:${n}:`)).toEqual(['line-reacted'])
    }
    party.passes(1_000)
    expect(react('ann', 'one more')).toBe('too-many')
  })

  it('[X6] a line is deleted by who said it, or with the right to it by who stands above; its place stays', () => {
    const party = aChat()
    says(party, 'ann', 'from the host')
    const hosts = last(party).id
    says(party, 'gus', 'from gus')
    const guests = last(party).id
    const deletes = (name: string, lineId: string) => party.asks(name, { type: 'delete-line', lineId })
    expect(deletes('gus', hosts)).toBe('not-allowed')
    expect(deletes('mia', hosts)).toBe('not-over-them')
    expect(deletes('mia', 'none')).toBe('no-such-line')
    expect(deletes('mia', guests)).toEqual(['line-deleted'])
    expect(deletes('mia', guests)).toEqual([])
    expect(last(party)).toMatchObject({ id: guests, deleted: true, reactions: [], content: { text: '' } })
    expect(party.asks('ann', { type: 'react', lineId: guests, emoji: '👍', on: true })).toBe('no-such-line')
    expect(deletes('ann', hosts)).toEqual(['line-deleted'])
    says(party, 'gus', 'again')
    party.asks('gus', { type: 'leave' })
    expect(deletes('mia', last(party).id), 'of somebody who is gone').toEqual(['line-deleted'])
  })

  it('[X7] an emote is one; what a bot says is marked', () => {
    const party = aChat()
    party.asks('gus', { type: 'say', text: 'waves', emote: true })
    expect(last(party).kind).toBe('emote')
    party.ask({ type: 'join', name: 'bot', dialect: 'tutti', bot: true }, { kind: 'identity', identity: 'bot' })
    says(party, 'bot', 'beep')
    expect(last(party).kind).toBe('bot')
  })
})
