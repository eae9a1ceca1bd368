import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mentionsIn, readTyped, SLASH_COMMANDS, SLASH_USAGE } from '../../src/core/slash'
import { aRoom } from './room/a-room'

const party = aRoom()
for (const name of ['ann', 'Clever Fox', 'Clever', 'İda']) party.joins(name)
const room = party.room()
const id = (name: string): string => party.called(name).id
const typed = (text: string) => readTyped(text, room)
const command = (text: string) => {
  const read = typed(text)
  return read.kind === 'command' ? read.command : read
}

describe('what is typed into the chat', () => {
  it('[X8] /help and /users answer who typed them', () => {
    expect(typed('/help')).toEqual({ kind: 'answer', answer: { type: 'help', commands: SLASH_COMMANDS } })
    expect(typed(' /USERS ')).toEqual({
      kind: 'answer',
      answer: { type: 'users', names: ['ann', 'Clever Fox', 'Clever', 'İda'] },
    })
    for (const each of SLASH_COMMANDS) expect(SLASH_USAGE[each]).toMatch(new RegExp(`^/${each}`))
  })

  it('[X8] /me says an emote; anything else is a line, two slashes one that begins with a slash', () => {
    expect(command('/me waves')).toEqual({ type: 'say', text: 'waves', emote: true })
    expect(command(' hello ')).toEqual({ type: 'say', text: 'hello' })
    expect(command('//kick ann')).toEqual({ type: 'say', text: '/kick ann' })
  })

  it('[X9] /kick, /ban, /mute and /unmute mean the longest name that fits, then for how long, then why', () => {
    expect(command('/kick clever fox too loud')).toEqual({
      type: 'kick',
      memberId: id('Clever Fox'),
      reason: 'too loud',
    })
    expect(command('/kick @Clever')).toEqual({ type: 'kick', memberId: id('Clever') })
    expect(command('/ban ann 2h spam')).toEqual({ type: 'ban', memberId: id('ann'), forMs: 7_200_000, reason: 'spam' })
    expect(command('/ban ann')).toEqual({ type: 'ban', memberId: id('ann') })
    expect(command('/mute Clever 15M')).toEqual({ type: 'mute', memberId: id('Clever'), forMs: 900_000 })
    expect(command('/mute Clever 15 apples')).toEqual({ type: 'mute', memberId: id('Clever'), reason: '15 apples' })
    expect(command('/unmute Clever')).toEqual({ type: 'unmute', memberId: id('Clever') })
  })

  it('[X9] what is unknown, incomplete or about nobody is answered, and says nothing', () => {
    expect(typed('/dance')).toEqual({ kind: 'answer', answer: { type: 'unknown-command', typed: 'dance' } })
    expect(typed('/')).toEqual({ kind: 'answer', answer: { type: 'unknown-command', typed: '' } })
    expect(typed('/kick')).toEqual({ kind: 'answer', answer: { type: 'usage', command: 'kick' } })
    expect(typed('/kick bob')).toEqual({ kind: 'answer', answer: { type: 'nobody-called', name: 'bob' } })
    expect(typed('/kick annabel')).toEqual({ kind: 'answer', answer: { type: 'nobody-called', name: 'annabel' } })
  })

  it('[X10] @ and a name means somebody who is here', () => {
    expect(mentionsIn('@ann, @Clever Fox! and @clever, not me@ann or @annabel', room)).toEqual([
      id('ann'),
      id('Clever Fox'),
      id('Clever'),
    ])
    expect(command('hello @ann')).toEqual({ type: 'say', text: 'hello @ann', mentions: [id('ann')] })
  })

  it('[X9] whatever is typed is read', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 40 }),
        fc.constantFrom('', '/', '/ban ', '/me ', '@'),
        (text, start) => {
          const read = typed(start + text)
          expect(['command', 'answer']).toContain(read.kind)
        },
      ),
    )
  })
})
