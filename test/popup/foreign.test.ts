import type { Page } from 'puppeteer-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type ForeignRoom, recognise } from '../../src/dialects/recognise'
import { mayBeAddress, roomAt } from '../../src/popup/foreign/room-at'
import { isRoomMissing, leaveFor, NOTHING_TYPED, wishOf } from '../../src/popup/foreign/wish-of'
import { tabsOf } from '../../src/popup/tab'
import { EXAMPLE_VIEWS, type ExampleName } from './example-views'
import * as look from './gallery/look'
import { type OpenGallery, openGallery } from './gallery/open-gallery'

/** Rooms of other systems in the popup: at the door of one, and inside. */
const { part } = look

const TUBE = 'https://tube.example/room/movies'
const PLUG = 'https://plug.example/socket'

function foreign(text: string): ForeignRoom {
  const recognised = recognise(text)
  if (recognised?.kind !== 'foreign') throw new Error(`${text} is no room of another system`)
  return recognised
}

describe('the wish to go in', () => {
  it('[U72] holds what was typed for this door, and of secrets what that system asks for', () => {
    const typed = { room: 'r', password: 'p', token: ' t ', login: 'l', accountPassword: 'a' }
    expect(wishOf(foreign(TUBE), typed, ' Momo ')).toEqual({
      system: 'opentogethertube',
      server: 'https://tube.example',
      room: 'movies',
      name: 'Momo',
    })
    expect(wishOf(foreign('wss://plug.example/socket'), typed, 'Momo')).toEqual({
      system: 'plugdj',
      server: 'wss://plug.example',
      room: 'r',
      name: '',
      account: { login: 'l', password: 'a' },
    })
    expect(wishOf(foreign('https://keys.example/api/websocket?room=duo'), typed, 'Momo')).toEqual({
      system: 'pianorhythm',
      server: 'https://keys.example',
      room: 'duo',
      name: 'Momo',
      password: 'p',
      token: 't',
    })
  })

  it('[U72] misses a room where neither the address nor an invite names one', () => {
    expect(isRoomMissing(foreign('wss://frames.example/sync'), NOTHING_TYPED)).toBe(true)
    expect(isRoomMissing(foreign('wss://frames.example/sync ABC123'), NOTHING_TYPED)).toBe(false)
    expect(
      isRoomMissing(foreign('https://x.example/OpenSyncParty/ws eyJhbGciOi.eyJyb29tIj.c2lnbmVk'), NOTHING_TYPED),
    ).toBe(false)
  })

  it('[U73] takes leave for the site where the system is asked by requests, or looks at the handshake and the browser could answer', () => {
    const leaves = (text: string, canHandshake: boolean) => leaveFor(foreign(text), canHandshake)
    expect(leaves(TUBE, true)).toEqual({ site: true, handshake: false, mayBeTurnedAway: false })
    expect(leaves('https://party.example:3000/ws', true)).toEqual({
      site: true,
      handshake: true,
      mayBeTurnedAway: false,
    })
    expect(leaves('https://party.example:3000/ws', false)).toEqual({
      site: false,
      handshake: false,
      mayBeTurnedAway: true,
    })
    expect(leaves('wss://frames.example/sync', false)).toEqual({
      site: false,
      handshake: false,
      mayBeTurnedAway: false,
    })
  })

  it('[U74] a server is any address, read as that system’s room where it is one', () => {
    expect(roomAt('frametogether', 'rooms.example:9000')).toEqual({
      kind: 'foreign',
      system: 'frametogether',
      server: 'rooms.example:9000',
      host: 'rooms.example:9000',
    })
    expect(roomAt('opentogethertube', TUBE)).toEqual(recognise(TUBE))
    expect(roomAt('plugdj', 'WSS://Plug.Example/socket')).toMatchObject({ server: 'wss://plug.example' })
    for (const text of ['', 'two words', 'ftp://rooms', 'http://a:99999'])
      expect(roomAt('plugdj', text), text).toBeUndefined()
    expect(mayBeAddress('rooms.example')).toBe(true)
    expect(mayBeAddress('k7m2q')).toBe(false)
  })
})

describe('the tabs of a room', () => {
  const roomIn = (name: ExampleName) => {
    const { room } = EXAMPLE_VIEWS[name]
    if (room.kind !== 'in-room') throw new Error(`${name} is in no room`)
    return room.room
  }

  it('[U79] has the tabs that there is something for', () => {
    expect(tabsOf(roomIn('foreign-few-words'))).toEqual(['watch', 'people'])
    expect(tabsOf(roomIn('foreign-many-words'))).toEqual(['watch', 'queue', 'chat', 'people'])
    expect(tabsOf(roomIn('room'))).toEqual(['watch', 'queue', 'chat', 'people'])
  })
})

let gallery: OpenGallery
let page: Page
beforeAll(async () => {
  gallery = await openGallery()
}, 60_000)
afterAll(() => gallery.close())
afterEach(() => page?.close())

const posted = () => look.posted(page)
const text = (selector: string) => page.$eval(selector, (element) => element.textContent)
const asked = () => page.evaluate(() => globalThis.gallery.asked)

/** One text of each system that can be entered, and what is asked for it. */
const TEXTS = {
  opentogethertube: `Come to ${TUBE}.`,
  plugdj: PLUG.replace('https', 'wss'),
  pianorhythm: 'https://keys.example/api/websocket?room=duo',
  frametogether: 'wss://frames.example/sync',
  openwatchparty: 'https://jellyfin.example:8096/web/',
  opensyncparty: 'https://media.example/OpenSyncParty/ws',
  'pianorhythm.io': 'https://pianorhythm.io/room/lobby',
} as const

describe('at the door of another system’s room', () => {
  it('[U72] what was pasted is shown for what it is', async () => {
    page = await gallery.open('ready')
    await page.type(part('join-text'), TEXTS.opentogethertube)
    expect(await text('#understood')).toBe('OpenTogetherTube room moviesAt tube.example')
    expect(await page.$(part('foreign-room'))).toBeNull()
  })

  it('[U73] says what the browser will ask, asks it on the click, and posts the wish ahead of the answer', async () => {
    page = await gallery.open('ready')
    await page.type(part('join-text'), TUBE)
    expect(await text(part('foreign-told'))).toContain('Your browser will ask if Tutti may reach tube.example')
    await page.click(part('join'))
    const wish = { system: 'opentogethertube', server: 'https://tube.example', room: 'movies', name: 'Happy Panda' }
    expect(await asked()).toEqual(['tube.example'])
    expect(await posted()).toEqual([{ type: 'join-foreign', wish, needsSite: true }, { type: 'site-asked' }])
  })

  it('[U72] asks for the room that is missing, and goes in without leave where none is needed', async () => {
    page = await gallery.open('ready')
    await page.type(part('join-text'), TEXTS.frametogether)
    await page.click(part('join'))
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('foreign-room')
    expect(await posted()).toEqual([])
    await page.keyboard.type(' ABC123 ')
    await page.keyboard.press('Enter')
    expect(await asked()).toEqual([])
    expect(await posted()).toEqual([
      {
        type: 'join-foreign',
        wish: { system: 'frametogether', server: 'wss://frames.example', room: 'ABC123', name: '' },
        needsSite: false,
      },
    ])
  })

  it('[U73] where servers look at the handshake, leave to answer is asked for too; where a browser has none that is said before', async () => {
    page = await gallery.open('ready')
    await page.type(part('join-text'), 'https://party.example:3000/ws?room=r1')
    await page.click(part('join'))
    expect(await asked()).toEqual(['party.example, handshake'])
    await page.close()
    page = await gallery.open('ready', { query: 'no-handshake' })
    await page.type(part('join-text'), 'https://party.example:3000/ws?room=r1')
    expect(await text(part('foreign-told'))).toContain('This browser lets no extension answer that')
    await page.click(part('join'))
    expect(await asked()).toEqual([])
    expect(await posted()).toMatchObject([{ type: 'join-foreign', needsSite: false }])
  })

  it('[U75] what was typed for one server is gone before another', async () => {
    page = await gallery.open('ready')
    await page.type(part('join-text'), TEXTS.plugdj)
    await page.click(part('foreign-account'))
    await page.type(part('foreign-login'), 'momo@mail.example')
    await page.type(part('foreign-account-password'), 'secret')
    await page.$eval(part('join-text'), (field) => (field as HTMLInputElement).select())
    await page.type(part('join-text'), 'wss://plug.evil/socket')
    await page.type(part('foreign-room'), 'lounge')
    await page.click(part('join'))
    expect(await posted()).toMatchObject([
      { wish: { server: 'wss://plug.evil', room: 'lounge' } },
      { type: 'site-asked' },
    ])
    expect(JSON.stringify(await posted())).not.toContain('secret')
  })

  it('[U76] nobody is led to a site of which nothing is public: that is said, and Join rests', async () => {
    page = await gallery.open('ready')
    await page.type(part('join-text'), TEXTS['pianorhythm.io'])
    expect(await text('#understood')).toBe('PianoRhythm room lobbyAt pianorhythm.io')
    expect(await text(part('foreign-told'))).toContain('how its own site speaks is not public')
    expect(await page.$eval(part('join'), (button) => (button as HTMLButtonElement).disabled)).toBe(true)
    await page.focus(part('join-text'))
    await page.keyboard.press('Enter')
    expect(await posted()).toEqual([])
  })

  it('[U74] an address that says nothing of itself is entered by choosing its system', async () => {
    page = await gallery.open('ready')
    await page.type(part('join-text'), 'rooms.example:9000')
    expect(await text('#understood')).toContain('Not a code or a room link yet')
    await page.click(part('another-system'))
    expect(await page.$eval(part('foreign-server'), (field) => (field as HTMLInputElement).value)).toBe(
      'rooms.example:9000',
    )
    await page.select(part('foreign-system'), 'opensyncparty')
    await page.type(part('foreign-room'), 'movies')
    await page.click(part('join-by-hand'))
    expect(await posted()).toEqual([
      {
        type: 'join-foreign',
        wish: { system: 'opensyncparty', server: 'rooms.example:9000', room: 'movies', name: 'Happy Panda' },
        needsSite: false,
      },
    ])
  })

  it('[U77] a no of the browser is told in words', async () => {
    page = await gallery.open('site-denied')
    expect(await text(part('problem'))).toContain('Tutti may not reach tube.exampleNothing was sent there.')
  })

  it.each([
    { theme: 'light', dark: false, language: 'en' },
    { theme: 'dark', dark: true, language: 'en' },
    { theme: 'light, in German', dark: false, language: 'de' },
  ])(
    '[U1] each fits and has nothing serious for axe to tell, everything unfolded ($theme)',
    async (options) => {
      for (const query of ['', 'no-handshake']) {
        page = await gallery.open('ready', { ...options, query })
        for (const [system, pasted] of Object.entries(TEXTS)) {
          await page.$eval(part('join-text'), (field) => (field as HTMLInputElement).select())
          await page.type(part('join-text'), pasted)
          for (const fold of await page.$$('[data-testid="foreign-door"] .ask[aria-expanded=false]')) await fold.click()
          await look.expectNothingSerious(page, system)
          await look.expectToFit(page, system)
        }
        await page.close()
      }
      page = await gallery.open('ready', options)
      await page.click(part('another-system'))
      await page.type(part('foreign-server'), 'rooms.example')
      await look.expectNothingSerious(page, 'by hand')
      await look.expectToFit(page, 'by hand')
    },
    120_000,
  )
})

describe('in a room of another system', () => {
  it('[U78] says which it is, what the room is called there, and how exact it can be', async () => {
    page = await gallery.open('foreign-few-words')
    expect(await text(part('foreign-place'))).toBe(
      'FrameTogether roomABC123Copy the codeExact to about 800 ms, as well as FrameTogether lets anybody know.' +
        'FrameTogether has not said what plays: open the film here yourself.',
    )
    await page.click(part('copy-room'))
    expect(await page.evaluate(() => globalThis.gallery.copied)).toEqual(['ABC123'])
    expect(await text('.wire')).toBe('FrameTogether')
  })

  it('[U78] hands on the link that the system itself has for it', async () => {
    page = await gallery.open('foreign-many-words')
    await page.click(part('copy-room'))
    expect(await page.evaluate(() => globalThis.gallery.copied)).toEqual([
      'https://tube.example/room/movies-of-friday-night-and-the-morning-after',
    ])
  })

  it('[U79] offers nothing that its wire has no word for', async () => {
    page = await gallery.open('foreign-few-words')
    for (const name of [
      'copy-invite',
      'show-qr',
      'back10',
      'play',
      'pause',
      'patience-open',
      'control-host',
      'notes',
      'tab-queue',
      'tab-chat',
    ])
      expect(await page.$(part(name)), name).toBeNull()
    expect(await text('.foot')).toContain('Playback is not controlled from here')
    await page.click(part('tab-people'))
    for (const name of ['make-invite-open', 'room-settings', 'settings-read', 'permissions', 'bans', 'member-more'])
      expect(await page.$(part(name)), name).toBeNull()
  })

  it('[U79] offers what it has a word for', async () => {
    page = await gallery.open('foreign-many-words')
    for (const name of ['back10', 'pause', 'tab-queue', 'tab-chat'])
      expect(await page.$(part(name)), name).not.toBeNull()
    await page.click(part('tab-queue'))
    expect(await page.$(part('vote-up'))).not.toBeNull()
    for (const name of ['grab', 'queue-undo', 'queue-clear', 'queue-shuffle'])
      expect(await page.$(part(name)), name).toBeNull()
    await page.click(part('tab-chat'))
    expect(await page.$(part('chat-text'))).not.toBeNull()
    for (const name of ['signs', 'chat-to', 'line-more']) expect(await page.$(part(name)), name).toBeNull()
  })

  it('[U80] one stays where one is by a tick, and comes back by a click', async () => {
    page = await gallery.open('foreign-many-words')
    await page.click(part('goes-along'))
    expect(await posted()).toEqual([{ type: 'go-along', on: false }])
    await page.evaluate(() => globalThis.gallery.show('foreign-not-led'))
    await page.click(part('go-there'))
    expect(await posted()).toEqual([{ type: 'go-along', on: false }, { type: 'go-there' }, { type: 'site-asked' }])
  })
})
