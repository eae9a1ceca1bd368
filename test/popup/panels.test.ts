import type { Page } from 'puppeteer-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ExampleName } from './example-views'
import { expectNothingSerious, expectToFit, part, posted } from './gallery/look'
import { type OpenGallery, openGallery } from './gallery/open-gallery'
import { openScene, SCENES } from './gallery/scenes'

/** Queue, chat, people and the doors in a real Chromium: what each draws, what it posts, how it is reached. */
let gallery: OpenGallery
let page: Page

beforeAll(async () => {
  gallery = await openGallery()
}, 60_000)
afterAll(() => gallery.close())
afterEach(() => page.close())

const show = (name: ExampleName) => page.evaluate((view) => globalThis.gallery.show(view), name)
const text = (selector: string) => page.$eval(selector, (element) => element.textContent)
const texts = (selector: string) => page.$$eval(selector, (found) => found.map((element) => element.textContent))
const commands = async () =>
  (await posted(page)).flatMap((message) => {
    const { type, command } = message as { type: string; command?: unknown }
    return type === 'command' ? [command] : []
  })
const focusedTestId = () => page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['testid'])
const isThere = async (name: string) => (await page.$(part(name))) !== null

async function open(name: ExampleName, tab?: 'queue' | 'chat' | 'people'): Promise<void> {
  page = await gallery.open(name)
  if (tab) await page.click(part(`tab-${tab}`))
}

describe('every panel', () => {
  it.each([
    { theme: 'light', dark: false, language: 'en' },
    { theme: 'dark', dark: true, language: 'en' },
    { theme: 'light, in German', dark: false, language: 'de' },
  ])(
    '[U1] is 360 px wide, fits the browser, and has nothing serious for axe to tell ($theme)',
    async (options) => {
      page = await gallery.open('looking', options)
      for (const [name, scene] of Object.entries(SCENES)) {
        await openScene(page, scene)
        await expectNothingSerious(page, name)
        await expectToFit(page, name)
      }
    },
    120_000,
  )
})

describe('the tabs', () => {
  it('[U52] are walked through by arrows; the panel is the chosen one’s', async () => {
    await open('queue')
    await page.focus(part('tab-watch'))
    const reached: (string | undefined)[] = []
    for (const key of ['ArrowRight', 'ArrowRight', 'End', 'ArrowRight', 'ArrowLeft'] as const) {
      await page.keyboard.press(key)
      reached.push(await focusedTestId())
      expect(await page.$eval('[role=tabpanel]', (panel) => panel.getAttribute('aria-labelledby'))).toBe(
        await page.evaluate(() => document.activeElement?.id),
      )
    }
    expect(reached).toEqual(['tab-queue', 'tab-chat', 'tab-people', 'tab-watch', 'tab-people'])
  })

  it('[U52] have panels of one height, but for the first', async () => {
    await open('queue-nothing')
    const heights: number[] = []
    for (const tab of ['queue', 'chat', 'people']) {
      await page.click(part(`tab-${tab}`))
      heights.push(await page.$eval('.popup', (element) => element.getBoundingClientRect().height))
    }
    expect(new Set(heights).size).toBe(1)
  })

  it('[U53] tell what came into the chat; opening it says that it is seen', async () => {
    await open('unread')
    expect(await text(part('chat-unread'))).toBe('3new lines: 3')
    expect(await posted(page)).toEqual([])
    await show('named')
    expect(await text(part('chat-unread'))).toBe('@99+new lines: 99+; somebody named you')
    await page.click(part('tab-chat'))
    expect(await posted(page)).toEqual([{ type: 'chat-seen' }])
  })

  it('[U52] keep what is being typed while another is looked at', async () => {
    await open('chat', 'chat')
    await page.type(part('chat-text'), 'Who is')
    await page.click(part('tab-queue'))
    await page.click(part('tab-chat'))
    expect(await page.$eval(part('chat-text'), (input) => (input as HTMLInputElement).value)).toBe('Who is')
  })
})

describe('the queue', () => {
  it('[U55] tells title, length and who added it', async () => {
    await open('queue', 'queue')
    expect(await texts(`${part('queue-item')} .film`)).toEqual([
      'Salt and Paper',
      'A very long title of a film that nobody could ever fit on one line of a popup',
      'https://films.example/watch/4',
    ])
    expect(await texts(`${part('queue-item')} .soft`)).toEqual([
      '1:30:10 · added by you',
      'length unknown · added by Brave Otter',
      '4:00',
    ])
    expect(await text(part('playing-title'))).toBe('The Last Lighthouse')
  })

  it('[U57] votes on what plays and on what waits, and takes a vote back', async () => {
    await open('queue', 'queue')
    await page.click(`${part('playing')} ${part('vote-up')}`)
    await page.click(`${part('playing')} ${part('vote-down')}`)
    await page.click(`${part('playing')} ${part('grab')}`)
    await page.click(`${part('queue-item')} ${part('vote-up')}`)
    expect(await commands()).toEqual([
      { type: 'vote', itemId: 'item-1', vote: 0 },
      { type: 'vote', itemId: 'item-1', vote: -1 },
      { type: 'grab', itemId: 'item-1' },
      { type: 'vote', itemId: 'item-2', vote: 1 },
    ])
    expect(await text(part('vote-skip'))).toBe('Vote to skip · 1 of 2')
    await page.click(part('vote-skip'))
    await page.click(part('skip-item'))
    expect((await commands()).slice(4)).toEqual([
      { type: 'vote-skip', itemId: 'item-1', wants: true },
      { type: 'skip', itemId: 'item-1' },
    ])
  })

  it('[U55] is ordered by Alt with an arrow and by buttons; the focus goes with the item', async () => {
    await open('queue', 'queue')
    await page.focus(`[data-item="item-2"] ${part('item-more')}`)
    await page.keyboard.down('Alt')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.up('Alt')
    await show('queue-moved')
    expect(await page.evaluate(() => document.activeElement?.closest('li')?.dataset['item'])).toBe('item-2')
    await page.keyboard.press('Enter')
    await page.click(`[data-item="item-2"] ${part('item-up')}`)
    await page.click(`[data-item="item-2"] ${part('item-play')}`)
    await page.click(`[data-item="item-2"] ${part('item-remove')}`)
    expect(await commands()).toEqual([
      { type: 'queue-move', itemId: 'item-2', toIndex: 1 },
      { type: 'queue-move', itemId: 'item-2', toIndex: 0 },
      { type: 'play-now', itemId: 'item-2' },
      { type: 'queue-remove', itemId: 'item-2' },
    ])
  })

  it('[U55] is drawn as far as people read, until more is wanted', async () => {
    await open('long-queue', 'queue')
    expect((await page.$$(part('queue-item'))).length).toBe(50)
    expect(await text(part('queue-all'))).toBe('Show 70 more')
    await page.click(part('queue-all'))
    expect((await page.$$(part('queue-item'))).length).toBe(120)
  })

  it('[U69] keeps the focus in the panel when the item it stood on is gone', async () => {
    await open('queue', 'queue')
    await page.focus(`[data-item="item-2"] ${part('item-more')}`)
    await show('queue-nothing')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('tab-panel')
  })

  it('[U56] takes an address, and says what is none', async () => {
    await open('queue', 'queue')
    await page.type(part('queue-address'), 'films')
    expect(await page.$eval('#queue-address-hint', (hint) => (hint as HTMLElement).innerText)).toBe(
      'An address begins with https://.',
    )
    await page.keyboard.press('Enter')
    expect(await commands()).toEqual([])
    await page.$eval(part('queue-address'), (input) => (input as HTMLInputElement).select())
    await page.keyboard.type('https://films.example/9')
    await page.click(part('queue-add-first'))
    await page.click(part('queue-add'))
    expect(await commands()).toEqual([
      {
        type: 'queue-add',
        items: [{ content: { address: 'https://films.example/9', title: 'films.example/9' } }],
        first: true,
      },
    ])
    expect(await focusedTestId()).toBe('queue-address')
  })

  it('[U56] offers the video of this page unless it is there', async () => {
    await open('queue', 'queue')
    await page.click(part('queue-add-page'))
    await page.click(part('play-page'))
    expect(await posted(page)).toEqual([{ type: 'add-page' }, { type: 'play-page' }])
    await show('rotation')
    expect(await isThere('play-page')).toBe(false)
    await show('page-is-current')
    expect([await isThere('queue-add-page'), await isThere('play-page')]).toEqual([false, false])
  })

  it('[U54] has its acts, its mode and what was played for who may', async () => {
    await open('queue', 'queue')
    for (const act of ['queue-shuffle', 'queue-undo', 'queue-restore', 'queue-clear']) await page.click(part(act))
    await page.select(part('mode'), 'vote')
    await page.click(part('history'))
    expect(await texts(`${part('played')} .soft`)).toEqual([
      'up 4 · down 1 · taken along 2',
      'skipped · up 4 · down 1 · taken along 2',
    ])
    await page.click(`${part('played')} ${part('add-again')}`)
    expect(await commands()).toEqual([
      { type: 'queue-shuffle' },
      { type: 'queue-undo' },
      { type: 'queue-restore' },
      { type: 'queue-clear' },
      { type: 'configure', settings: { mode: 'vote' } },
      {
        type: 'queue-add',
        items: [{ content: { address: 'https://films.example/watch/8', title: 'Shorts of the North' } }],
      },
    ])
  })

  it('[U54] is read by who may nothing', async () => {
    await open('queue-quiet', 'queue')
    expect(await texts(`${part('playing')} button:not(:disabled)`)).toEqual(['Take it along1'])
    for (const act of ['queue-shuffle', 'queue-undo', 'queue-clear', 'queue-address', 'skip-item', 'vote-skip'])
      expect(await isThere(act), act).toBe(false)
    expect(await text(part('mode'))).toBe('What comes next: in order')
    expect(await text('main')).toContain('Others add to this queue.')
  })
})

describe('taking turns', () => {
  it('[U58] shows whose turn it is and who comes next; one joins with a list or with this page', async () => {
    await open('rotation', 'queue')
    expect(await text(part('dj-playing'))).toBe('It is Clever Fox’s turn')
    expect(await texts(`${part('dj')} .name`)).toEqual(['Brave Otter', 'Quiet Owl'])
    await page.click(part('booth-list'))
    await page.type(part('booth-addresses'), 'https://a.example/1\nnone\nhttps://a.example/2')
    await page.click(part('join-booth'))
    await page.click(part('join-booth-page'))
    expect(await posted(page)).toEqual([
      {
        type: 'command',
        command: {
          type: 'join-booth',
          items: [
            { content: { address: 'https://a.example/1', title: 'a.example/1' } },
            { content: { address: 'https://a.example/2', title: 'a.example/2' } },
          ],
        },
      },
      { type: 'join-booth-with-page' },
    ])
  })

  it('[U58] is managed by who may', async () => {
    await open('rotation', 'queue')
    await page.click(part('dj-down'))
    await page.click(part('dj-remove'))
    await page.click(part('dj-remove-playing'))
    await page.click(part('booth-cycle'))
    await page.click(part('booth-locked'))
    expect(await commands()).toEqual([
      { type: 'move-dj', memberId: 'b3c1f0de-0003', toIndex: 1 },
      { type: 'remove-dj', memberId: 'b3c1f0de-0003' },
      { type: 'remove-dj', memberId: 'b3c1f0de-0002' },
      { type: 'configure', settings: { cycle: false } },
      { type: 'configure', settings: { djsLocked: true } },
    ])
  })

  it('[U58] is left, and its closed line told', async () => {
    await open('own-turn', 'queue')
    expect(await text(part('dj-playing'))).toBe('It is your turn')
    await page.click(part('skip-item'))
    await page.click(part('leave-booth'))
    expect(await commands()).toEqual([{ type: 'skip', itemId: 'item-1' }, { type: 'leave-booth' }])
    await show('turns-closed')
    expect(await text(part('booth'))).toContain('The line is closed.')
    expect(await isThere('join-booth')).toBe(false)
  })
})

describe('the chat', () => {
  it('[U59] has a look for each kind of line', async () => {
    await open('chat', 'chat')
    const lines = await page.$$eval(part('line'), (found) =>
      found.map((line) => [line.getAttribute('data-kind'), line.querySelector('p')?.textContent]),
    )
    expect(lines).toEqual([
      ['text', 'Clever Fox Hello'],
      ['text', 'Clever Fox Did @Happy Panda or @Brave Otter see the keeper?'],
      ['text', 'Happy Panda He is in the boat.'],
      ['emote', 'Brave Otter gasps'],
      ['bot', 'Time Keeper bot One hour left.'],
      ['text', 'Lazy Badger deleted'],
      ['system', 'Lazy Badger was sent out by Happy Panda: told the ending'],
      ['addressed', 'Clever Fox to moderators: Who lets the owl in?'],
    ])
    expect(await texts('mark.self')).toEqual(['@Happy Panda'])
    expect(await text(part('typing'))).toBe('Brave Otter and Quiet Owl are typing')
    expect(await text(part('welcome'))).toContain('nobody tells the ending')
    expect(await page.$eval(part('chat'), (log) => log.getAttribute('role'))).toBe('log')
  })

  it('[U59] reacts, takes it back, and deletes', async () => {
    await open('chat', 'chat')
    await page.click(part('line-sign'))
    await page.click(part('line-more'))
    await page.click(part('react'))
    await page.click(part('line-more'))
    await page.click(part('delete-line'))
    await page.click(part('signs'))
    await page.click(part('hold-up'))
    expect(await posted(page)).toEqual([
      { type: 'command', command: { type: 'react', lineId: 'line-2', emoji: '👍', on: false } },
      { type: 'command', command: { type: 'react', lineId: 'line-1', emoji: '👍', on: true } },
      { type: 'command', command: { type: 'delete-line', lineId: 'line-1' } },
      { type: 'show-reaction', emoji: '👍' },
    ])
  })

  it('[U61] says a line by Enter, and that somebody types, now and then', async () => {
    await open('chat', 'chat')
    await page.type(part('chat-text'), 'Hi @Cle')
    await page.evaluate(() => {
      globalThis.gallery.nowMs += 3000
    })
    await page.type(part('chat-text'), 'ver Fox')
    await page.keyboard.press('Enter')
    await page.type(part('chat-text'), '/help')
    await page.keyboard.press('Enter')
    await page.select(part('chat-to'), 'moderators')
    await page.type(part('chat-text'), 'psst')
    await page.click(part('chat-send'))
    expect(await posted(page)).toEqual([
      { type: 'typing', isTyping: true },
      { type: 'typing', isTyping: true },
      { type: 'say', text: 'Hi @Clever Fox' },
      { type: 'typing', isTyping: false },
      { type: 'say', text: '/help' },
      { type: 'write-to', to: 'moderators', text: 'psst' },
    ])
  })

  it('[U59] answers to slashes below the lines', async () => {
    await open('chat', 'chat')
    expect(await texts(`${part('chat-answer')} p`)).toEqual([
      'What the chat understands:',
      '/help',
      '/me TEXT',
      '/kick NAME [REASON]',
      '/mute NAME [30s | 15m | 2h] [REASON]',
    ])
  })

  it('[U60] tells who may not chat why, until they may', async () => {
    await open('chat-muted', 'chat')
    expect(await text(part('chat-silent'))).toContain('A moderator has muted you.')
    expect(await isThere('chat-text')).toBe(false)
    await page.evaluate(() => {
      globalThis.gallery.nowMs += 61_000
    })
    await page.waitForSelector(part('chat-text'))
    await show('chat-off')
    expect(await text(part('chat-silent'))).toBe('The chat is off in this room.')
  })
})

describe('people', () => {
  it('[U62] are given roles, and go with a reason', async () => {
    await open('people', 'people')
    expect(await texts(part('member-role'))).toEqual([
      'Host',
      'Moderator',
      'muted · Member',
      'away · Guest',
      'bot · Guest',
    ])
    await page.click(part('member-more'))
    await page.click(part('make-guest'))
    await page.click(part('make-host'))
    await page.type(part('reason'), ' told the ending ')
    await page.select(part('span'), 'minutes')
    for (const act of ['mute', 'kick', 'ban']) await page.click(part(act))
    const memberId = 'b3c1f0de-0002'
    const reason = 'told the ending'
    expect(await commands()).toEqual([
      { type: 'set-role', memberId, role: 'guest' },
      { type: 'set-role', memberId, role: 'host' },
      { type: 'mute', memberId, reason, forMs: 600_000 },
      { type: 'kick', memberId, reason },
      { type: 'ban', memberId, reason, forMs: 600_000 },
    ])
  })

  it('[U63] have a table of what each role may', async () => {
    await open('people', 'people')
    await page.click(part('permissions'))
    await page.click(part('may-guest-chat'))
    await page.click(part('may-moderator-set-permissions'))
    const [first, second] = (await commands()) as { role: string; permissions: string[] }[]
    expect([first?.role, first?.permissions.includes('chat')]).toEqual(['guest', false])
    expect([second?.role, second?.permissions.includes('set-permissions')]).toEqual(['moderator', true])
  })

  it('[U54] are read by who may nothing', async () => {
    await open('people-read', 'people')
    await page.click(part('member-more'))
    expect(await isThere('kick')).toBe(false)
    expect(await isThere('reason')).toBe(false)
    expect(await texts(`${part('settings-read')} li`)).toEqual([
      'Guests may come in',
      'Has no password',
      'Not in the public list',
      'Gone when the last has left',
    ])
    await page.click(part('permissions'))
    expect(await page.$$eval('.grid input:not(:disabled)', (open) => open.length)).toBe(0)
  })

  it('[U54] set up the room: switches at once, what is written by saving', async () => {
    await open('people', 'people')
    await page.click(part('room-settings'))
    for (const name of ['guests', 'chat', 'listed', 'temporary']) await page.click(part(`setting-${name}`))
    await page.select(part('setting-skip-share'), '0')
    await page.$eval(part('setting-title'), (input) => (input as HTMLInputElement).select())
    await page.keyboard.type('Late films')
    await page.$eval(part('setting-capacity'), (input) => (input as HTMLInputElement).select())
    await page.keyboard.type('12')
    await page.click(part('settings-of-room-save'))
    await page.type(part('room-password'), 'salt')
    await page.keyboard.press('Enter')
    expect(await commands()).toEqual([
      { type: 'configure', settings: { guests: false } },
      { type: 'configure', settings: { chat: false } },
      { type: 'configure', settings: { listed: true } },
      { type: 'configure', settings: { temporary: false } },
      { type: 'configure', settings: { skipShare: 0 } },
      {
        type: 'configure',
        settings: {
          capacity: 12,
          shown: {
            title: 'Late films',
            description: 'Old films, one a week',
            welcome: 'Welcome. We begin at nine, and nobody tells the ending.',
          },
        },
      },
      { type: 'set-password', password: 'salt' },
    ])
  })

  it('[U54] make invites, names and lift bans', async () => {
    await open('people', 'people')
    await page.click(part('make-invite-open'))
    await page.select(part('invite-role'), 'guest')
    await page.click(part('make-invite'))
    await page.click(part('copy-made-invite'))
    await page.click(part('revoke-invites'))
    await page.click(part('room-names'))
    await page.type(part('alias-text'), 'late-films')
    await page.keyboard.press('Enter')
    await page.click(part('release-alias'))
    await page.click(part('bans'))
    await page.click(part('unban'))
    expect(await posted(page)).toEqual([
      { type: 'make-invite', role: 'guest', forMs: 86_400_000 },
      { type: 'command', command: { type: 'revoke-invites' } },
      { type: 'list-aliases' },
      { type: 'claim-alias', alias: 'late-films' },
      { type: 'release-alias', alias: 'friday-films' },
      { type: 'list-bans' },
      { type: 'command', command: { type: 'unban', banId: 'ban-1' } },
    ])
    expect(await page.evaluate(() => globalThis.gallery.copied)).toEqual([await text(part('made-invite'))])
  })
})

describe('the doors', () => {
  it('[U64] ask for a password, say when it was wrong, and let one turn away', async () => {
    await open('locked-door')
    expect(await focusedTestId()).toBe('password')
    await page.keyboard.type('salt')
    await page.keyboard.press('Enter')
    expect(await posted(page)).toEqual([{ type: 'join-room', text: 'k7m2qp', name: 'Happy Panda', password: 'salt' }])
    expect(await isThere('password-wrong')).toBe(false)
    await show('wrong-password')
    expect(await text(part('password-wrong'))).toBe('This was not the password. Ask the host for it.')
    await page.click(part('other-room'))
    expect((await posted(page)).at(-1)).toEqual({ type: 'cancel' })
  })

  it('[U65] show public rooms once somebody wants to see them, and any of them', async () => {
    await open('public-rooms')
    expect(await posted(page)).toEqual([])
    await page.click(part('public-rooms'))
    expect(await texts(`${part('listed-room')} .soft`)).toEqual([
      '4 of 100 · The Last Lighthouse',
      '4 of 100 · in order',
      '8 of 8 · people take turns · Only people who are known or invited',
    ])
    expect(
      await page.$$eval(part('join-listed'), (all) => all.map((each) => (each as HTMLButtonElement).disabled)),
    ).toEqual([false, false, true])
    await page.click(part('join-listed'))
    await page.click(part('join-any'))
    expect(await posted(page)).toEqual([
      { type: 'find-rooms' },
      { type: 'join-room', text: 'abcdef', name: 'Happy Panda' },
      { type: 'join-any', name: 'Happy Panda' },
    ])
  })

  it.each([
    ['banned', 'Reason: told the ending twice'],
    ['sent-out', 'Reason: told the ending'],
  ] as const)('[U67] tell the reason (%s)', async (name, reason) => {
    await open(name)
    expect(await text(part('problem-reason'))).toBe(reason)
  })

  it('[U66] know the person again who brings the key, which is copied in the settings', async () => {
    await open('with-key')
    await page.click(part('settings'))
    await page.click(part('another-device'))
    await page.click(part('copy-key'))
    const [key = ''] = await page.evaluate(() => globalThis.gallery.copied)
    await page.type(part('key'), key.slice(0, 20))
    expect(await page.$eval(part('use-key'), (button) => (button as HTMLButtonElement).disabled)).toBe(true)
    await page.type(part('key'), key.slice(20))
    await page.keyboard.press('Enter')
    expect(await posted(page)).toEqual([{ type: 'use-key', key }])
    await show('room')
    await page.click(part('settings'))
    await page.click(part('another-device'))
    expect(await isThere('use-key')).toBe(false)
  })

  it('[U68] lead to the page that the room watches, with leave asked for in the click', async () => {
    await open('another-page')
    await page.click(part('go-there'))
    expect(await page.evaluate(() => globalThis.gallery.asked)).toEqual(['https://films.example/*'])
    expect(await posted(page)).toEqual([{ type: 'go-there' }, { type: 'site-asked' }])
  })
})
