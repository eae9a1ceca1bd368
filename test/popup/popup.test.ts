import type { Page } from 'puppeteer-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { EXAMPLE_VIEWS, type ExampleName } from './example-views'
import * as look from './gallery/look'
import { type OpenGallery, openGallery } from './gallery/open-gallery'

/** The popup in a real Chromium, with a fake line to the background: what it draws, what it posts, how it is reached. */
const names = Object.keys(EXAMPLE_VIEWS) as ExampleName[]

let gallery: OpenGallery
let page: Page

beforeAll(async () => {
  gallery = await openGallery()
}, 60_000)
afterAll(() => gallery.close())
afterEach(() => page.close())

const posted = () => look.posted(page)
const text = (selector: string) => page.$eval(selector, (element) => element.textContent)
const { part } = look
const show = (name: ExampleName) => page.evaluate((view) => globalThis.gallery.show(view), name)

/** What has the focus, as a screen reader would name it. */
const focused = () =>
  page.evaluate(() => {
    const element = document.activeElement
    const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : undefined
    return element?.getAttribute('aria-label') ?? label ?? element?.textContent?.trim() ?? ''
  })

async function tabThrough(): Promise<string[]> {
  const reached: string[] = []
  for (;;) {
    await page.keyboard.press('Tab')
    const name = await focused()
    if (reached.includes(name) || (await page.evaluate(() => document.activeElement === document.body))) return reached
    reached.push(name)
  }
}

async function tabTo(name: string): Promise<void> {
  for (let i = 0; i < 20; i += 1) {
    await page.keyboard.press('Tab')
    if ((await focused()) === name) return
  }
  throw new Error(`Tab does not reach "${name}"`)
}

describe('every state', () => {
  it.each([
    { theme: 'light', dark: false, language: 'en' },
    { theme: 'dark', dark: true, language: 'en' },
    { theme: 'light, in German', dark: false, language: 'de' },
  ])(
    '[U1] is 360 px wide, fits the browser, and has nothing serious for axe to tell ($theme)',
    async (options) => {
      page = await gallery.open('looking', options)
      for (const name of names) {
        await show(name)
        await look.expectNothingSerious(page, name)
        await look.expectToFit(page, name)
      }
    },
    120_000,
  )

  it('[U2] on the way from the page to the room keeps one height', async () => {
    page = await gallery.open('looking')
    const heights: number[] = []
    for (const name of ['looking', 'not-allowed', 'no-video', 'ready', 'starting', 'alone'] as const) {
      await show(name)
      heights.push(await page.$eval('.popup', (element) => element.getBoundingClientRect().height))
    }
    expect(new Set(heights).size).toBe(1)
  })

  it('[U3] shows nothing that moves to who asked for less', async () => {
    page = await gallery.open('joining')
    await page.waitForFunction(() => document.getAnimations().length === 0)
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0)
  })
})

describe('outside a room', () => {
  it('[U4] can be walked through by Tab, each stop with a ring', async () => {
    page = await gallery.open('ready')
    expect(await tabThrough()).toEqual([
      'You: friends, messages, playlists',
      'Settings',
      'Your name here',
      'Start a room',
      'Join with a code or any room link',
      'Join',
      'A room of another system…',
      'Public rooms on rooms.example',
    ])
    for (const name of ['Settings', 'Your name here', 'Start a room']) {
      await tabTo(name)
      expect(await page.$eval(':focus', (element) => getComputedStyle(element).outlineWidth)).toBe('2px')
    }
  })

  it('[U5] starts a room by Enter in the name', async () => {
    page = await gallery.open('ready-without-name')
    await tabTo('Your name here')
    await page.keyboard.type(' Momo ')
    await page.keyboard.press('Enter')
    expect(await posted()).toEqual([{ type: 'start-room', name: 'Momo' }])
  })

  it.each(['looking', 'no-video', 'not-allowed'] as const)(
    '[U5] does not start a room without a video (%s)',
    async (name) => {
      page = await gallery.open(name)
      await page.focus(part('name'))
      await page.keyboard.press('Enter')
      expect(await page.$eval(part('start-room'), (button) => (button as HTMLButtonElement).disabled)).toBe(true)
      expect(await posted()).toEqual([])
    },
  )

  it.each([
    ['', 'A code or a link to a room'],
    ['k7m', 'Not a code or a room link yet'],
    [' K7M-2QP', 'Room k7m2qpOn rooms.example'],
    ['https://elsewhere.example:8443/j/k7m2qp', 'Room k7m2qpOn elsewhere.example:8443'],
    ['elsewhere.example/j/k7m2qp', 'Room k7m2qpOn elsewhere.example'],
  ])('[U6] tells what it takes "%s" for while it is typed', async (typed, understood) => {
    page = await gallery.open('ready')
    const before = await page.$eval('.popup', (element) => element.scrollHeight)
    await page.type(part('join-text'), typed)
    expect(await text('#understood')).toContain(understood)
    expect(await page.$eval('.popup', (element) => element.scrollHeight)).toBe(before)
  })

  it('[U6] joins by Enter, with what was typed', async () => {
    page = await gallery.open('no-video')
    await page.type(part('join-text'), ' K7M2QP ')
    await page.keyboard.press('Enter')
    expect(await posted()).toEqual([{ type: 'join-room', text: 'K7M2QP', name: 'Happy Panda' }])
  })

  it('[U6] asks for a code when Join is pressed without one', async () => {
    page = await gallery.open('ready')
    await page.click(part('join'))
    expect(await focused()).toBe('Join with a code or any room link')
    expect(await posted()).toEqual([])
  })

  it('[U7] lets the person stop connecting', async () => {
    page = await gallery.open('ready')
    await tabTo('Start a room')
    await page.keyboard.press('Enter')
    await show('starting')
    expect(await text('main')).toContain('Looking for the room server at rooms.example')
    await tabTo('Cancel')
    await page.keyboard.press('Enter')
    expect((await posted()).at(-1)).toEqual({ type: 'cancel' })
  })
})

describe('in a room', () => {
  it('[U4] can be walked through by Tab', async () => {
    page = await gallery.open('room')
    expect(await tabThrough()).toEqual([
      'You: friends, messages, playlists',
      'Settings',
      'Watch',
      'Copy the code k7m2qp',
      'Copy inviteCopied',
      'Show the invite as a QR code',
      'Back 10 s',
      'Pause for everyone',
      'Do you hear it early or late?',
      'Waits up to 10 s for loading',
      'Everyone',
      'Play notes together',
      'Leave',
    ])
  })

  it('[AP20] opens the page of notes from the foot', async () => {
    page = await gallery.open('room')
    await tabTo('Play notes together')
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => globalThis.gallery.notesOpened)).toBe(1)
  })

  it('[U8] posts what its controls say', async () => {
    page = await gallery.open('room')
    for (const name of ['Back 10 s', 'Pause for everyone', 'Everyone', 'Leave']) {
      await tabTo(name)
      await page.keyboard.press(name === 'Everyone' ? 'ArrowRight' : 'Enter')
    }
    expect(await posted()).toEqual([
      { type: 'skip', bySec: -10 },
      { type: 'pause' },
      { type: 'set-control', control: 'host' },
      { type: 'leave' },
    ])
    await show('paused')
    await page.click(part('play'))
    expect((await posted()).at(-1)).toEqual({ type: 'play' })
  })

  it('[U8] offers controls only to who may use them', async () => {
    page = await gallery.open('guest')
    expect(await page.$(part('pause'))).toBeNull()
    expect(await page.$('input[type=radio]')).toBeNull()
    expect(await text('main')).toContain('Playing')
    expect(await text('.foot')).toContain('The host controls')
  })

  it('[U9] moves the position by itself, up to the end', async () => {
    page = await gallery.open('room')
    const moved = async (byMs: number, reads: string) => {
      await page.evaluate((ms) => {
        globalThis.gallery.nowMs += ms
      }, byMs)
      await page.waitForFunction(
        (reads) => document.querySelector('.playback')?.textContent?.includes(reads),
        {},
        reads,
      )
    }
    await moved(5000, '41:12 / 1:48:02')
    await moved(10_000_000, '1:48:02 / 1:48:02')
  })

  it('[U9] counts down while the room waits, and can be told to go on', async () => {
    page = await gallery.open('waiting')
    expect(await text(part('waiting'))).toContain('Waiting for Brave Otterbuffering · going on in 8 s')
    await page.evaluate(() => {
      globalThis.gallery.nowMs += 5100
    })
    await page.waitForFunction(() => document.body.textContent?.includes('going on in 3 s'))
    await page.click(`${part('waiting')} button`)
    expect(await posted()).toEqual([{ type: 'play' }])
    await show('waiting-for-you')
    expect(await text(part('waiting'))).toContain('Waiting for you')
    await show('waiting-alone')
    expect(await text(part('waiting'))).toBe('Waiting for youbufferingGo on now')
    await show('waiting-for-you')
    expect(await page.$(`${part('waiting')} button`)).toBeNull()
  })

  it('[U15] copies the code by a click on it and the invite by its button, and says so', async () => {
    page = await gallery.open('room')
    const width = await page.$eval(part('copy-invite'), (button) => button.getBoundingClientRect().width)
    await page.click(part('code'))
    await page.click(part('copy-invite'))
    await page.waitForFunction(() => document.querySelector('main [role=status]')?.textContent === 'Copied')
    expect(await page.evaluate(() => globalThis.gallery.copied)).toEqual(['k7m2qp', 'https://rooms.example/j/k7m2qp'])
    expect(await page.$eval(part('copy-invite'), (button) => button.getBoundingClientRect().width)).toBe(width)
  })

  it('[U15] says what to do when the browser does not copy', async () => {
    page = await gallery.open('room')
    await page.evaluate(() => {
      globalThis.gallery.mayCopy = false
    })
    await page.click(part('copy-invite'))
    await page.waitForFunction(() => document.body.textContent?.includes('Show the QR code'))
  })

  it('[U16] shows the invite as a QR code on demand; Esc closes it and gives the focus back', async () => {
    page = await gallery.open('room')
    await tabTo('Show the invite as a QR code')
    await page.keyboard.press('Enter')
    await page.waitForSelector('dialog[open] svg[role=img]')
    expect(await text('dialog')).toContain('https://rooms.example/j/k7m2qp')
    await look.expectNothingSerious(page, 'the QR code')
    await page.keyboard.press('Escape')
    await page.waitForFunction(() => !document.querySelector('dialog'))
    expect(await focused()).toBe('Show the invite as a QR code')
  })

  it('[U17] tells each state by words and by a shape, not by colour alone', async () => {
    page = await gallery.open('crowd')
    const states = await page.$$eval('[data-testid="person-status"]', (found) =>
      found.map((state) => ({ words: state.textContent, shape: state.querySelector('svg')?.innerHTML ?? '' })),
    )
    expect(states.map(({ words }) => words)).toEqual([
      '±2 ms',
      '±4 ms',
      'buffering',
      '+120 ms',
      'waiting for a click',
      '+340 ms',
      'watching an ad',
      'away',
      'player failed',
      'no video yet',
      'on another page',
    ])
    const shapeOf = (words: string) => states.find((state) => state.words === words)?.shape
    expect(new Set(['±2 ms', '+120 ms', '+340 ms', 'buffering', 'no video yet'].map(shapeOf)).size).toBe(5)
  })

  it('[U18] says what changed to who listens', async () => {
    page = await gallery.open('room')
    await show('waiting')
    await page.waitForFunction(() => document.body.textContent?.includes('Stopped to wait for Brave Otter'))
    expect(await text('.popup > [role=status]')).toBe('Stopped to wait for Brave Otter Waiting for Brave Otter')
  })
})

describe("what the person's own player needs", () => {
  it('[U24] a click', async () => {
    page = await gallery.open('needs-click')
    expect(await text(part('hint'))).toContain('Press play once in the page')
  })

  it.each(['other-tab', 'not-this-page'] as const)('[U24] this tab (%s)', async (name) => {
    page = await gallery.open(name)
    await page.click(`${part('hint')} button`)
    expect(await posted()).toEqual([{ type: 'drive-here' }])
  })

  it('[U24] a video: the address of the room’s film is a link', async () => {
    page = await gallery.open('nothing-to-play')
    expect(await page.$eval(`${part('hint')} a`, (link) => [link.textContent, link.getAttribute('href')])).toEqual([
      'Open films.example',
      'https://films.example/watch/the-last-lighthouse',
    ])
  })

  it('[U24] leave to stay on the site, asked for in the click itself', async () => {
    page = await gallery.open('site-to-allow')
    await page.click(`${part('hint')} button`)
    expect(await page.evaluate(() => globalThis.gallery.asked)).toEqual(['https://films.example/*'])
    expect(await posted()).toEqual([{ type: 'site-asked' }])
  })
})

describe('the nudge', () => {
  it('[U28] is unfolded in the own row, posts what is heard, and keeps the focus on what was pressed', async () => {
    page = await gallery.open('room')
    expect(await page.$eval(part('nudge'), (button) => button.closest('li')?.dataset['self'])).toBe('true')
    await tabTo('Do you hear it early or late?')
    await page.keyboard.press('Enter')
    await page.waitForSelector(`${part('nudge')}[aria-expanded=true]`)
    for (const name of ['I’m early', 'I’m late', 'Back to 0']) {
      await tabTo(name)
      await page.keyboard.press('Enter')
      expect(await focused()).toBe(name)
    }
    expect(await posted()).toEqual([
      { type: 'nudge', heard: 'early' },
      { type: 'nudge', heard: 'late' },
      { type: 'reset-nudge' },
    ])
  })

  it('[U28] shows the figure in force also while folded, says why it exists and on what it counts', async () => {
    page = await gallery.open('nudged')
    expect(await text(part('nudge'))).toBe('Moved by −130 ms')
    expect(await page.$eval('#nudge-panel', (panel) => panel.checkVisibility())).toBe(false)
    await page.click(part('nudge'))
    const shown = await page.$eval('#nudge-panel', (panel) => (panel as HTMLElement).innerText)
    for (const words of ['only you can hear', '−130 ms', 'On Momo’s Headphones (Bluetooth)'])
      expect(shown).toContain(words)
    await show('room')
    expect(await text(part('nudge-figure'))).toBe('0 ms')
  })

  it('[U28] is offered only where a player is driven and somebody else is there', async () => {
    page = await gallery.open('room')
    for (const name of ['nothing-to-play', 'alone'] as const) {
      await show(name)
      expect(await page.$(part('nudge')), name).toBeNull()
    }
  })

  it.each([
    { theme: 'light', dark: false, language: 'en' },
    { theme: 'dark', dark: true, language: 'en' },
    { theme: 'light, in German', dark: false, language: 'de' },
  ])('[U1] fits and has nothing serious for axe to tell while unfolded ($theme)', async (options) => {
    page = await gallery.open('nudged', options)
    await page.click(part('nudge'))
    await look.expectNothingSerious(page, 'nudged')
    await look.expectToFit(page, 'nudged')
  })
})

describe('trouble', () => {
  it('[U25] a lost connection counts down to the next try, rests the controls and can be tried now', async () => {
    page = await gallery.open('lost')
    expect(await text(part('lost'))).toContain('Connection lostTrying again in 4 s.')
    expect(await page.$eval(part('pause'), (button) => (button as HTMLButtonElement).disabled)).toBe(true)
    await tabTo('Try now')
    await page.keyboard.press('Enter')
    expect(await posted()).toEqual([{ type: 'retry' }])
  })

  it('[U26] a problem says what to do, offers it, and can be dismissed', async () => {
    page = await gallery.open('no-server')
    await tabTo('Try again')
    await page.keyboard.press('Enter')
    expect(await posted()).toEqual([{ type: 'retry' }])
    await show('bad-server')
    await tabTo('Dismiss')
    await page.keyboard.press('Enter')
    expect(await posted()).toEqual([{ type: 'retry' }, { type: 'dismiss-problem' }])
    await page.evaluate(() => document.querySelector<HTMLButtonElement>('[data-testid="problem"] .small')?.click())
    await page.waitForSelector(part('settings-server'))
  })

  it('[U51] a background that dies is called again, and the view stays', async () => {
    page = await gallery.open('room')
    await page.evaluate(() => globalThis.gallery.hangUp())
    expect(await page.evaluate(() => globalThis.gallery.connections)).toBe(2)
    expect(await posted()).toEqual([{ type: 'look', tabId: 7 }])
    expect(await text(part('code'))).toBe('k7m2qp')
  })
})

describe('the settings', () => {
  it('[U27] open behind the gear with the focus in them; Esc closes them and changes nothing', async () => {
    page = await gallery.open('ready')
    await tabTo('Settings')
    await page.keyboard.press('Enter')
    await page.waitForSelector(part('settings-name'))
    expect(await focused()).toBe('Your name')
    await page.keyboard.type('x')
    await page.keyboard.press('Escape')
    await page.waitForSelector(part('start-room'))
    expect(await focused()).toBe('Settings')
    expect(await posted()).toEqual([])
  })

  it('[U27] say only what was changed', async () => {
    page = await gallery.open('ready')
    await page.click(part('settings'))
    await page.focus(part('settings-server'))
    await page.$eval(part('settings-server'), (input) => (input as HTMLInputElement).select())
    await page.keyboard.type(' http://localhost:4747 ')
    await page.keyboard.press('Enter')
    expect(await posted()).toEqual([{ type: 'set-server', server: 'http://localhost:4747' }])
    expect(await page.$(part('start-room'))).not.toBeNull()
  })
})
