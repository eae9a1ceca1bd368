import { describe, expect, it } from 'vitest'
import { REFUSAL_CODES } from '../../src/core/room/refusal'
import { SUSPENSION_REASONS } from '../../src/core/room/room'
import type { PersonView, RoomView, View } from '../../src/messages/background-to-popup'
import type { MessageKey, Sentence } from '../../src/platform/i18n'
import { announcements } from '../../src/popup/announce'
import { problemText } from '../../src/popup/problem'
import { roomOf } from '../../src/popup/room-view'
import { actSentence, patienceSentence, reasonKey, statusKey, waitingSentence } from '../../src/popup/sentences'
import { EXAMPLE_VIEWS } from './example-views'
import { getMessage, LOCALES } from './messages'

const { en = {}, de = {} } = LOCALES
const listOf = (names: readonly string[]) => new Intl.ListFormat('en', { type: 'conjunction' }).format(names)
const wordsOf = (key: MessageKey) => getMessage(en, key, [])
const say = ([key, ...rest]: Sentence, messages = en) => getMessage(messages, key, rest)

type Act = NonNullable<RoomView['lastAct']>
const fox = { name: 'Clever Fox', isSelf: false }
const self = { name: 'Happy Panda', isSelf: true }
const act = (changes: Partial<Act>): Act => ({ kind: 'play', fromSec: 2467, toSec: 2467, rate: 1, ...changes })

describe('what was done last', () => {
  it.each<[Partial<Act>, string]>([
    [{ who: fox }, 'Clever Fox pressed play'],
    [{ who: self }, 'You pressed play'],
    [{}, 'Playing'],
    [{ kind: 'pause', who: fox }, 'Clever Fox paused'],
    [{ kind: 'seek', who: fox, toSec: 2457 }, 'Clever Fox skipped back 10 s'],
    [{ kind: 'seek', who: self, toSec: 2497.2 }, 'You skipped ahead 30 s'],
    [{ kind: 'seek', toSec: 2467.04 }, 'Skipped ahead 40 ms'],
    [{ kind: 'seek', who: fox, toSec: 60 }, 'Clever Fox went to 1:00'],
    [{ kind: 'seek', who: self }, 'You went to 41:07'],
    [{ kind: 'set-rate', who: fox, rate: 1.25 }, 'Clever Fox set the speed to 1.25×'],
    [{ kind: 'wait', who: fox }, 'Stopped to wait for Clever Fox'],
    [{ kind: 'wait' }, 'Stopped to wait'],
    [{ kind: 'go-on' }, 'Went on'],
    [{ kind: 'go-on', without: [fox] }, 'Went on without Clever Fox'],
    [{ kind: 'go-on', without: [self] }, 'Went on without you'],
    [{ kind: 'go-on', without: [fox, self] }, 'Went on without Clever Fox and Happy Panda'],
    [{ kind: 'go-on', without: [fox, fox, fox] }, 'Went on without 3 people'],
    [{ kind: 'set-media', who: self }, 'You chose the video'],
  ])('[U10] %j reads "%s"', (changes, text) => {
    expect(say(actSentence(act(changes), 'en', listOf))).toBe(text)
  })

  it('[U10] reads in another language', () => {
    const sentence = actSentence(act({ kind: 'set-rate', who: fox, rate: 1.5 }), 'de', listOf)
    expect(say(sentence, de)).toBe('Clever Fox hat das Tempo auf 1,5× gestellt')
  })
})

describe('who is waited for', () => {
  const waitedFor = (name: string, isSelf = false) => ({ name, isSelf, reason: 'buffering' as const })

  it.each([
    [[waitedFor('Brave Otter')], 'Waiting for Brave Otter'],
    [[waitedFor('Happy Panda', true)], 'Waiting for you'],
    [[waitedFor('Brave Otter'), waitedFor('Quiet Owl')], 'Waiting for Brave Otter and Quiet Owl'],
    [['A', 'B', 'C'].map((name) => waitedFor(name)), 'Waiting for 3 people'],
  ])('[U11] %j', (people, text) => {
    expect(say(waitingSentence(people, listOf))).toBe(text)
  })

  it('[U11] has words for every reason', () => {
    const words = SUSPENSION_REASONS.map((reason) => say([reasonKey(reason)]))
    expect(new Set(words).size).toBe(SUSPENSION_REASONS.length)
  })
})

describe('how long the room waits', () => {
  it.each<[RoomView['patience'], string]>([
    [{ mostSec: 10, reasons: ['buffering'] }, 'Waits up to 10 s for loading'],
    [{ mostSec: 60, reasons: ['buffering', 'ad'] }, 'Waits up to 60 s for loading and ads'],
    [
      { mostSec: 5, reasons: ['buffering', 'ad', 'autoplay-blocked'] },
      'Waits up to 5 s for loading, ads, and a missing click',
    ],
    [{ mostSec: 0, reasons: ['buffering'] }, 'Waits for nobody'],
    [{ mostSec: 10, reasons: [] }, 'Waits for nobody'],
  ])('[U29] %j reads "%s"', (patience, text) => {
    expect(say(patienceSentence(patience, listOf, wordsOf))).toBe(text)
  })
})

describe('how somebody stands', () => {
  it('[U12] paused is "in place" in a room that stands, and "paused" in one that plays', () => {
    expect(say([statusKey({ kind: 'paused' }, false)])).toBe('in place')
    expect(say([statusKey({ kind: 'paused' }, true)])).toBe('paused')
  })

  it('[U12] is said in words where there is no figure', () => {
    expect(say([statusKey({ kind: 'held', reason: 'autoplay-blocked' }, true)])).toBe('waiting for a click')
    expect(say([statusKey({ kind: 'away' }, true)])).toBe('away')
    expect(say([statusKey({ kind: 'settling' }, true)])).toBe('getting in time')
    expect(say([statusKey({ kind: 'no-report' }, true)])).toBe('no video yet')
  })
})

describe('a problem', () => {
  it('[U13] says what is, what to do next, and offers the step where there is one', () => {
    const text = problemText({ kind: 'no-server', server: 'https://rooms.example:8443' })
    expect(say(text.what)).toBe('No answer from rooms.example:8443')
    expect(text.remedy).toBe('retry')
    const badServer = problemText({ kind: 'bad-server', text: 'x' })
    expect(badServer.remedy).toBe('settings')
    expect(say(badServer.next)).toBe('Typed: “x”. An address looks like https://rooms.example.')
  })

  it('[U13] differs for every refusal', () => {
    const sentences = REFUSAL_CODES.map((code) => say(problemText({ kind: 'refused', code, sentence: '' }).what))
    expect(new Set(sentences).size).toBe(REFUSAL_CODES.length)
  })

  it('[U13] quotes no more of what was pasted than fits', () => {
    const next = say(problemText({ kind: 'not-understood', text: 'x'.repeat(2000) }).next)
    expect(next).toContain(`“${'x'.repeat(39)}…”`)
  })
})

describe('a reason', () => {
  it('[U67] goes with the refusal, where one was given', () => {
    const refused = { kind: 'refused', code: 'kicked', sentence: '' } as const
    expect(problemText({ ...refused, reason: 'spoilers' }).reason).toBe('spoilers')
    expect(problemText(refused)).not.toHaveProperty('reason')
  })
})

describe('what is told to those who listen', () => {
  const roomIn = (view: View): RoomView => {
    const room = roomOf(view)
    if (!room) throw new Error('this view has no room')
    return room
  }
  const inRoom = (changes: Partial<RoomView>, view: View = EXAMPLE_VIEWS.room): View => ({
    ...view,
    room: { kind: 'in-room', room: { ...roomIn(view), ...changes } },
  })
  const heard = (before: View | undefined, after: View) =>
    announcements(before, after, { language: 'en', listOf, wordsOf }).map((sentence) => say(sentence))
  const { room, waiting, lost, ready, joining } = EXAMPLE_VIEWS
  const { people } = roomIn(room)

  it('[U14] is nothing at all when only figures moved', () => {
    const moved = people.map((person) => ({ ...person, status: { kind: 'following' as const, skewMs: 9 } }))
    expect(heard(room, inRoom({ people: moved, offsetMs: 3 }))).toEqual([])
  })

  it('[U14] is what happened, by whom', () => {
    const lastAct = act({ kind: 'pause', who: fox })
    expect(heard(room, inRoom({ lastAct }))).toEqual(['Clever Fox paused'])
    expect(heard(inRoom({ lastAct }), inRoom({ lastAct }))).toEqual([])
  })

  it('[U14] is who came, who left, who leads and who may control', () => {
    const rest = people.filter(({ name }) => name !== 'Clever Fox')
    expect(heard(room, inRoom({ people: rest }))).toEqual(['Clever Fox left.'])
    expect(heard(inRoom({ people: rest }), room)).toEqual(['Clever Fox came in.'])
    const led = people.map((person) => ({ ...person, isHost: person.name === 'Clever Fox' }))
    expect(heard(room, inRoom({ people: led, control: 'host' }))).toEqual([
      'Clever Fox is the host now.',
      'The host controls',
    ])
  })

  it('[U14] is how long the room waits from now on', () => {
    expect(heard(room, inRoom({ patience: { mostSec: 30, reasons: ['ad'] } }))).toEqual(['Waits up to 30 s for ads'])
  })

  it('[U14] is that the room waits, once and without the seconds', () => {
    expect(heard(room, waiting)).toContain('Waiting for Brave Otter')
    const fewerLeft = { for: [], ...roomIn(waiting).waiting, untilMs: 5 }
    expect(heard(waiting, inRoom({ waiting: fewerLeft }, waiting))).toEqual([])
  })

  it('[U14] is what the page turned out to have', () => {
    expect(heard(EXAMPLE_VIEWS.looking, ready)).toEqual(['Found a video: The Last Lighthouse'])
    expect(heard(EXAMPLE_VIEWS.looking, EXAMPLE_VIEWS['no-video'])).toEqual(['No video on news.example'])
  })

  it('[U70] is what was added and by whom, what plays now and whose turn it is', () => {
    const { queue, media, selfId } = roomIn(EXAMPLE_VIEWS.queue)
    const [first, ...others] = queue.items
    if (!first || !media) throw new Error('the example queue has items')
    const before = inRoom({ queue: { items: others, previous: [] } })
    const after = inRoom({ queue: { items: [...others, first], previous: [] } })
    expect(heard(before, after)).toEqual(['Happy Panda added Salt and Paper.'])
    expect(heard(after, before)).toEqual([])
    expect(heard(room, inRoom({ media }))).toEqual(['Plays now: The Last Lighthouse'])
    expect(heard(room, inRoom({ booth: { playing: selfId, waiting: [] } }))).toEqual(['It is your turn.'])
  })

  it('[U70] is the own role and silence, and being named', () => {
    const asIf = (changes: Partial<PersonView>) =>
      inRoom({ people: people.map((person) => (person.isSelf ? { ...person, ...changes } : person)) })
    expect(heard(asIf({ role: 'guest' }), asIf({ role: 'moderator' }))).toEqual(['You are a moderator now.'])
    expect(heard(room, asIf({ muted: {} }))).toEqual(['You are muted now.'])
    expect(heard(asIf({ muted: {} }), room)).toEqual(['You may chat again.'])
    const { chat } = roomIn(room)
    expect(heard(room, inRoom({ chat: { ...chat, mentioned: true } }))).toEqual(['Somebody named you in the chat.'])
  })

  it('[U14] is the way in, the loss and the return', () => {
    expect(heard(ready, joining)).toEqual(['Looking for the room server at rooms.example'])
    expect(heard(joining, room)).toEqual(['You are in room k7m2qp.'])
    expect(heard(room, lost)).toEqual(['Connection lost'])
    expect(heard(lost, room)).toEqual(['Connected again.'])
    expect(heard(undefined, room)).toEqual([])
  })
})
