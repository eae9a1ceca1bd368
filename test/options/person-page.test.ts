import type { Page } from 'puppeteer-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { expectNothingSerious, part } from '../gallery/axe'
import { type Gallery, openGalleryOf, type PageWish } from '../gallery/open-page'
import { EXAMPLE_PERSONS, type PersonExampleName } from './example-persons'

/** The page of one's own person in a real Chromium, with a fake line to the background: what it draws and what it posts. */
const names = Object.keys(EXAMPLE_PERSONS) as PersonExampleName[]
const SECTIONS = ['profile', 'friends', 'messages', 'playlists', 'history', 'blocked', 'data'] as const

let gallery: Gallery
let page: Page

beforeAll(async () => {
  gallery = await openGalleryOf('test/options/gallery/index.html')
}, 60_000)
afterAll(() => gallery.close())
afterEach(() => page.close())

async function open(name: PersonExampleName, section?: (typeof SECTIONS)[number], wish: Partial<PageWish> = {}) {
  page = await gallery.open({ width: 1000, height: 760, ...wish })
  await show(name)
  await page.waitForSelector('main h2')
  if (section) await page.click(part(`go-${section}`))
}
const show = (name: PersonExampleName) => page.evaluate((view) => globalThis.personGallery.show(view), name)
const posted = () => page.evaluate(() => globalThis.personGallery.posted)
const commands = async () =>
  (await posted()).flatMap((message) => {
    const { type, command } = message as { type: string; command?: unknown }
    return type === 'command' ? [command] : []
  })
const saved = () => page.evaluate(() => globalThis.personGallery.saved)
const text = (selector: string) => page.$eval(selector, (element) => element.textContent)
const texts = (selector: string) => page.$$eval(selector, (found) => found.map((element) => element.textContent))
const isThere = async (selector: string) => (await page.$(selector)) !== null
const said = () => text('[role=status]')
const friend = (name: string) => `${part('friend')}[data-person="${name}"]`
const whom = (personId: string) => ({ kind: 'person', personId })

async function expectToFit(name: string): Promise<void> {
  const drawn = await page.evaluate(() => ({
    scrollWidth: document.documentElement.scrollWidth,
    width: document.documentElement.clientWidth,
    wide: [...document.querySelectorAll('.you *:not(.hidden)')]
      .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth)
      // What scrolls in a box of its own may be longer than it.
      .filter((element) => element.closest('.talk-list') === null)
      .map((element) => element.outerHTML),
  }))
  expect(drawn.wide, name).toEqual([])
  expect(drawn.scrollWidth, name).toBe(drawn.width)
}

describe('every part of the page', () => {
  it.each([
    { what: 'light', wish: {} },
    { what: 'dark', wish: { dark: true } },
    { what: 'in German', wish: { language: 'de' } },
    { what: 'narrow', wish: { width: 360 } },
  ])(
    '[YE1] fits its width and has nothing serious for axe to tell ($what)',
    async ({ wish }) => {
      await open('in-room', undefined, wish)
      for (const section of SECTIONS) {
        await page.click(part(`go-${section}`))
        await expectNothingSerious(page, section)
        await expectToFit(section)
      }
      await page.click(part('go-playlists'))
      await page.click(part('playlist-open'))
      await expectNothingSerious(page, 'one playlist')
      await expectToFit('one playlist')
      for (const name of names) {
        await show(name)
        await expectNothingSerious(page, name)
        await expectToFit(name)
      }
    },
    120_000,
  )

  it('[YE2] is reached by Tab in the order it is read, each stop with a ring', async () => {
    await open('in-room', 'friends')
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    await page.focus(part('go-profile'))
    const reached: (string | undefined)[] = []
    for (let stop = 0; stop < 24; stop += 1) {
      const at = await page.evaluate(() => {
        const element = document.activeElement as HTMLElement | null
        return { name: element?.dataset['testid'], ring: element && getComputedStyle(element).outlineWidth }
      })
      if (stop > 0 && at.name !== undefined) expect(at.ring, at.name).toBe('2px')
      reached.push(at.name)
      await page.keyboard.press('Tab')
    }
    expect(reached.slice(0, 14)).toEqual([
      ...SECTIONS.map((section) => `go-${section}`),
      'accept',
      'decline',
      'write',
      'friend-more',
      'join-friend',
      'write',
      'friend-more',
    ])
  })

  it('[YE13] shows what was known last while the line is lost, rests, and tries again when told', async () => {
    await open('lost', 'friends')
    expect(await text(part('lost'))).toContain('No answer from rooms.example')
    expect(await isThere(`${part('accept')}:disabled, fieldset:disabled ${part('accept')}`)).toBe(true)
    await page.click(part('retry'))
    expect(await posted()).toEqual([{ type: 'retry' }])
    await show('whole')
    expect(await isThere(part('lost'))).toBe(false)
    expect(await said()).toBe('Connected again.')
    await show('no-server')
    expect(await text('main')).toContain('To use another one, open Tutti from the toolbar and go to its settings.')
  })

  it('[YE13] shows a no until it is dismissed', async () => {
    await open('refused')
    expect(await text(part('problem'))).toContain('Too much at once')
    await page.click(`${part('problem')} button`)
    expect(await posted()).toEqual([{ type: 'dismiss-problem' }])
  })

  it('[YE15] goes where the popup wished, once', async () => {
    await open('to-messages')
    expect(await text('h2')).toBe('Messages')
    await page.click(part('go-data'))
    await show('to-messages')
    expect(await text('h2')).toBe('Your data')
    await show('to-friends')
    expect(await text('h2')).toBe('Friends')
  })
})

describe('the profile', () => {
  it('[YE8] has a name that is saved; face, presence and who may see where count at once', async () => {
    await open('whole')
    await page.click(part('your-name'), { count: 3 })
    await page.keyboard.type(' Momo ')
    await page.keyboard.press('Enter')
    await page.click(`label:has(${part('drawing-owl')})`)
    await page.click(`label:has(${part('colour-teal')})`)
    await page.click(`label:has(${part('presence-busy')})`)
    await page.click(part('tells-where'))
    expect(await commands()).toEqual([
      { type: 'set-profile', name: 'Momo' },
      { type: 'set-profile', avatar: { drawing: 'owl', colour: 'violet' } },
      { type: 'set-profile', avatar: { drawing: 'panda', colour: 'teal' } },
      { type: 'set-presence', wish: 'busy' },
      { type: 'set-tells-where', tells: false },
    ])
  })

  it('[YE8] saves no name that is empty or as it was', async () => {
    await open('whole')
    await page.click(part('save-name'))
    await page.click(part('your-name'), { count: 3 })
    await page.keyboard.press('Backspace')
    await page.keyboard.press('Enter')
    expect(await commands()).toEqual([])
    expect(await text('#your-name-hint')).toBe('A name has 1 to 32 characters.')
  })
})

describe('friends', () => {
  it('[YE3] who asks is accepted or declined, who was asked is asked no more', async () => {
    await open('whole', 'friends')
    expect(await text(part('waits-friends'))).toBe('1requests to be friends: 1')
    await page.click(part('accept'))
    await page.click(part('decline'))
    await page.click(part('withdraw'))
    expect(await commands()).toEqual([
      { type: 'accept-friend', whom: whom('p-7') },
      { type: 'decline-friend', whom: whom('p-7') },
      { type: 'withdraw-request', whom: whom('p-8') },
    ])
  })

  it('[YE4] those come first whom one can meet, with how they are seen in words', async () => {
    await open('whole', 'friends')
    expect(await texts(`${part('friend')} .name`)).toEqual([
      'Brave Otter',
      'Clever Fox',
      'Quiet Owl',
      'Maximiliane Wolkenstein-Trostbg',
    ])
    expect(await texts(part('seen'))).toEqual(['away · in abcdef', 'online · in Friday films', 'busy', 'offline'])
  })

  it('[YE4] is joined by a click, unless that is the room one is in', async () => {
    await open('in-room', 'friends')
    expect(await text(`${friend('p-3')} ${part('seen')}`)).toBe('away · in this room')
    expect(await isThere(`${friend('p-3')} ${part('join-friend')}`)).toBe(false)
    expect(await isThere(`${friend('p-4')} ${part('join-friend')}`)).toBe(false)
    await page.click(`${friend('p-2')} ${part('join-friend')}`)
    expect(await posted()).toEqual([{ type: 'join-friend', personId: 'p-2' }])
  })

  it('[YE5] are removed or blocked only after one more click', async () => {
    await open('whole', 'friends')
    expect(await isThere(part('block'))).toBe(false)
    await page.click(`${friend('p-2')} ${part('friend-more')}`)
    await page.click(`${friend('p-2')} ${part('remove-friend')}`)
    await page.click(`${friend('p-2')} ${part('block')}`)
    expect(await commands()).toEqual([
      { type: 'remove-friend', whom: whom('p-2') },
      { type: 'block', whom: whom('p-2') },
    ])
  })

  it('[YE5] so is who wrote, and what was said is forgotten', async () => {
    await open('whole', 'messages')
    expect(await isThere(part('block'))).toBe(false)
    await page.click(part('conversation-more'))
    await page.click(part('forget-conversation'))
    await page.click(part('block'))
    expect(await commands()).toEqual([
      { type: 'forget-conversation', whom: whom('p-2') },
      { type: 'block', whom: whom('p-2') },
    ])
  })

  it('[YE5] blocked people are listed, and freed', async () => {
    await open('whole', 'blocked')
    expect(await texts(`${part('blocked')} .name`)).toEqual(['Lazy Badger'])
    await page.click(part('unblock'))
    expect(await commands()).toEqual([{ type: 'unblock', whom: whom('p-5') }])
  })

  it('[YE14] a request, a new friend and a message are told to who listens', async () => {
    await open('accepted')
    await show('whole')
    expect(await said()).toBe('Swift Seal asks to be friends.')
    await show('otter-wrote-again')
    expect(await said()).toBe('Brave Otter wrote to you.')
    await show('whole')
    await show('accepted')
    expect(await said()).toContain('Swift Seal is a friend now.')
  })
})

describe('messages', () => {
  it('[YE6] those that are looked at are said to be read, and again when more come', async () => {
    await open('whole', 'messages')
    expect(await texts(part('message'))).toHaveLength(4)
    expect(await commands()).toEqual([])
    await page.click(`li:nth-child(2) > ${part('conversation')}`)
    expect(await commands()).toEqual([{ type: 'mark-read', whom: whom('p-3') }])
    await show('otter-wrote-again')
    expect(await texts(part('message'))).toHaveLength(2)
    expect(await commands()).toHaveLength(2)
    await show('otter-wrote-on')
    expect(await texts(part('message'))).toHaveLength(2)
    expect(await commands()).toHaveLength(3)
  })

  it('[YE6] nothing counts as read in a tab that nobody sees', async () => {
    await open('whole', 'messages')
    const see = (state: DocumentVisibilityState) =>
      page.evaluate((now) => {
        Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => now })
        document.dispatchEvent(new Event('visibilitychange'))
      }, state)
    await see('hidden')
    await page.click(`li:nth-child(2) > ${part('conversation')}`)
    expect(await texts(part('message'))).toHaveLength(1)
    expect(await commands()).toEqual([])
    await see('visible')
    expect(await commands()).toEqual([{ type: 'mark-read', whom: whom('p-3') }])
  })

  it('[YE7] are written by Enter; what was typed goes with the conversation it was typed in', async () => {
    await open('whole', 'messages')
    await page.type(part('message-text'), ' See you there ')
    await page.keyboard.press('Enter')
    expect(await commands()).toEqual([{ type: 'write-message', whom: whom('p-2'), text: 'See you there' }])
    await page.type(part('message-text'), 'For the fox')
    await page.click(`li:nth-child(2) > ${part('conversation')}`)
    expect(await page.$eval(part('message-text'), (field) => (field as HTMLInputElement).value)).toBe('')
  })

  it('[YE7] begin with any friend, before anybody has written', async () => {
    await open('whole', 'friends')
    await page.click(`${friend('p-4')} ${part('write')}`)
    expect(await text('.talk h3')).toBe('Quiet Owl')
    expect(await text('.talk')).toContain(
      'Write the first line to Quiet Owl. The server keeps what you write, for you both.',
    )
    await page.type(part('message-text'), 'Hello')
    await page.click(part('send'))
    expect(await commands()).toEqual([{ type: 'write-message', whom: whom('p-4'), text: 'Hello' }])
  })
})

describe('playlists', () => {
  it('[YE9] are created, renamed, filled, activated, and deleted after one more click', async () => {
    await open('whole', 'playlists')
    await page.type(part('playlist-new'), ' Monday ')
    await page.keyboard.press('Enter')
    expect(await texts(`${part('playlist')} .soft`)).toEqual(['Items: 3 · active', 'Items: 0', 'Items: 180'])
    await page.click(`li:nth-child(2) ${part('playlist-open')}`)
    await page.type(part('playlist-name'), ' too')
    await page.click(part('playlist-rename'))
    await page.click(part('playlist-activate'))
    await page.type(part('playlist-addresses'), 'nonsense')
    expect(await text('#playlist-addresses-hint')).toBe('An address begins with https://.')
    await page.click(part('playlist-add'))
    await page.type(part('playlist-addresses'), ' https://films.example/9 https://films.example/10')
    await page.click(part('playlist-add'))
    expect(await page.$eval(part('playlist-addresses'), (field) => (field as HTMLTextAreaElement).value)).toBe(
      'nonsense',
    )
    expect(await text('#playlist-addresses-hint')).toContain('What is left in the box was not added.')
    await page.click(part('playlist-delete'))
    await page.click(part('playlist-delete-now'))
    expect(await commands()).toEqual([
      { type: 'playlist-create', name: 'Monday' },
      { type: 'playlist-rename', playlistId: 'list-2', name: 'For rainy days too' },
      { type: 'playlist-activate', playlistId: 'list-2' },
      {
        type: 'playlist-add',
        playlistId: 'list-2',
        items: [
          { content: { address: 'https://films.example/9', title: 'films.example/9' } },
          { content: { address: 'https://films.example/10', title: 'films.example/10' } },
        ],
      },
      { type: 'playlist-delete', playlistId: 'list-2' },
    ])
  })

  it('[YE9] take over the queue of the room, and go into it, where one may add', async () => {
    await open('whole', 'playlists')
    await page.click(part('playlist-open'))
    expect(await isThere(part('playlist-import'))).toBe(false)
    expect(await isThere(part('playlist-queue'))).toBe(false)
    await show('in-room')
    expect(await text(part('playlist-import'))).toBe('Import the room’s queue (4)')
    await page.click(part('playlist-import'))
    await page.click(part('playlist-queue'))
    await page.click(part('playlist-activate'))
    expect(await posted()).toEqual([
      { type: 'command', command: { type: 'playlist-import', playlistId: 'list-1' } },
      { type: 'queue-playlist', playlistId: 'list-1' },
      { type: 'command', command: { type: 'playlist-activate' } },
    ])
  })

  it('[YE10] are ordered by buttons and by Alt with an arrow; the focus goes with the item', async () => {
    await open('whole', 'playlists')
    await page.click(part('playlist-open'))
    await page.focus(`[data-item="i-2"] ${part('item-up')}`)
    await page.keyboard.down('Alt')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.up('Alt')
    await page.keyboard.press('Enter')
    expect(await commands()).toEqual([
      { type: 'playlist-move', playlistId: 'list-1', itemIds: ['i-2'] },
      { type: 'playlist-move', playlistId: 'list-1', itemIds: ['i-2'], beforeId: 'i-1' },
    ])
    await show('moved')
    const focused = () =>
      page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-item]')?.dataset['item'])
    expect(await focused()).toBe('i-2')
    await page.click(part('playlist-shuffle'))
    await page.click(`[data-item="i-3"] ${part('item-remove')}`)
    expect((await commands()).slice(2)).toEqual([
      { type: 'playlist-shuffle', playlistId: 'list-1' },
      { type: 'playlist-remove', playlistId: 'list-1', itemIds: ['i-3'] },
    ])
  })

  it('[YE10] of a long one the first 100 are drawn until somebody wants more', async () => {
    await open('whole', 'playlists')
    await page.click(`li:nth-child(3) ${part('playlist-open')}`)
    expect(await page.$$(part('playlist-item'))).toHaveLength(100)
    await page.click(part('playlist-more'))
    expect(await page.$$(part('playlist-item'))).toHaveLength(180)
  })
})

describe('what was played, and one’s data', () => {
  it('[YE11] can be added again where one may add, and forgotten', async () => {
    await open('whole', 'history')
    expect(await texts(`${part('played')} .soft`)).toEqual([
      'Nov 20, 2026, 6:45 PM · 1:23:21 · in Friday films',
      'Nov 20, 2026, 5:15 PM · 1:23:22 · in k7m2qp',
    ])
    expect(await isThere(part('add-again'))).toBe(false)
    await show('in-room')
    await page.click(part('add-again'))
    await page.click(part('clear-history'))
    expect(await posted()).toEqual([
      { type: 'queue-played', playedId: 'played-1', atMs: Date.UTC(2026, 10, 20, 18, 45) },
      { type: 'command', command: { type: 'clear-history' } },
    ])
    await show('new')
    expect(await text('main')).toContain('once the server keeps something of yours, like a name or a playlist')
  })

  it('[YE12] is saved as a file when the answer comes, once', async () => {
    await open('whole', 'data')
    await page.click(part('export'))
    expect(await posted()).toEqual([{ type: 'export' }])
    await show('exported')
    await show('exported')
    expect(await saved()).toEqual([{ fileName: 'tutti-you.json', text: '{"madeAtMs":1}' }])
    expect(await said()).toBe('The file is saved.')
  })

  it('[YE12] is deleted after one more click', async () => {
    await open('whole', 'data')
    await page.click(part('delete'))
    await page.click(part('delete-not'))
    await page.click(part('delete'))
    expect(await commands()).toEqual([])
    await page.click(part('delete-now'))
    expect(await commands()).toEqual([{ type: 'delete-person' }])
    expect(await isThere(part('deleted'))).toBe(false)
    await show('deleted')
    expect(await text(part('deleted'))).toBe('Everything is deleted.')
    expect(await said()).toBe('Everything is deleted.')
  })
})
