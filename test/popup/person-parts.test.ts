import type { Page } from 'puppeteer-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ExampleName } from './example-views'
import { part, posted } from './gallery/look'
import { type OpenGallery, openGallery } from './gallery/open-gallery'

/** What the popup shows of one's own person, and what it asks for it. */
let gallery: OpenGallery
let page: Page

beforeAll(async () => {
  gallery = await openGallery()
}, 60_000)
afterAll(() => gallery.close())
afterEach(() => page.close())

const texts = (selector: string) => page.$$eval(selector, (found) => found.map((element) => element.textContent))
const isThere = async (name: string) => (await page.$(part(name))) !== null

async function open(name: ExampleName, tab?: 'queue' | 'people'): Promise<void> {
  page = await gallery.open(name)
  if (tab) await page.click(part(`tab-${tab}`))
}

describe('the way to one’s own page', () => {
  it('[YE20] counts what waits for an answer, and leads there', async () => {
    await open('with-friends')
    expect(await page.$eval(part('you'), (button) => button.querySelector('.hidden')?.textContent)).toBe(
      'You: new messages: 3, requests: 1',
    )
    await page.click(part('you'))
    expect(await posted(page)).toEqual([{ type: 'open-you', section: 'messages' }])
  })

  it('[YE20] is there for who is nobody yet', async () => {
    await open('ready')
    await page.click(part('you'))
    expect(await posted(page)).toEqual([{ type: 'open-you', section: 'profile' }])
  })
})

describe('friends in the popup', () => {
  it('[YE21] who is there is told, and joined where they are by a click, also from outside', async () => {
    await open('with-friends')
    await page.click(part('friends-here'))
    expect(await texts(`${part('friend-here')} .soft`)).toEqual([
      'in A very long name of a room that is about everything that anybody could watch',
      'in this room',
      'busy',
    ])
    expect(await page.$$(part('join-friend'))).toHaveLength(1)
    await page.click(part('join-friend'))
    expect(await posted(page)).toEqual([{ type: 'join-friend', personId: 'p-2' }])
  })

  it('[YE22] anybody else here but a program is asked, written to or blocked', async () => {
    await open('people-read', 'people')
    expect(await page.$$(part('member-more'))).toHaveLength(1)
    await page.click(part('member-more'))
    expect(await isThere('kick')).toBe(false)
    await page.click(part('ask-friend'))
    expect(await texts(part('ask-friend'))).toEqual(['Asked'])
    await page.type(part('message-text'), ' Hello ')
    await page.keyboard.press('Enter')
    await page.click(part('block'))
    const whom = { kind: 'member', memberId: 'b3c1f0de-0002' }
    expect(await posted(page)).toEqual([
      { type: 'person-command', command: { type: 'ask-friend', whom } },
      { type: 'person-command', command: { type: 'write-message', whom, text: 'Hello' } },
      { type: 'person-command', command: { type: 'block', whom } },
    ])
  })
})

describe('a room of another system', () => {
  it('[YE22] knows nothing of people, and its queue becomes no playlist', async () => {
    await open('people-elsewhere', 'people')
    expect(await isThere('member-more')).toBe(false)
    await page.click(part('tab-queue'))
    await page.click(part('playlists'))
    expect(await isThere('queue-playlist')).toBe(true)
    expect(await isThere('save-queue')).toBe(false)
  })
})

describe('playlists in the popup', () => {
  it('[YE23] one goes into the queue, and the queue becomes one', async () => {
    await open('queue-and-playlists', 'queue')
    await page.click(part('playlists'))
    expect(await texts(`${part('from-playlist')} option`)).toHaveLength(2)
    await page.click(part('queue-playlist'))
    await page.type(part('save-queue-name'), ' Tonight ')
    await page.keyboard.press('Enter')
    expect(await posted(page)).toEqual([
      { type: 'queue-playlist', playlistId: 'list-1' },
      { type: 'save-queue', name: 'Tonight' },
    ])
  })

  it('[YE23] are not spoken of where one is nobody yet, or nothing could be done', async () => {
    await open('queue', 'queue')
    expect(await isThere('playlists')).toBe(false)
  })
})
