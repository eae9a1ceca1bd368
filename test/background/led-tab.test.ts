/** The driven tab goes along when the room turns to another film. */
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { PopupInTest } from './a-browser'
import { aWorld, FILM, TAB } from './a-world'

const NEXT = 'https://films.example/b'
const FAR = 'https://elsewhere.example/c'

let world: Awaited<ReturnType<typeof aWorld>>
beforeEach(async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  world = await aWorld()
})

const soon = () => world.clock.advance(200)
const opened = () => world.browser.seen.opened.map(({ address }) => address)
const reason = () => world.room().members[0]?.suspension?.reason

/** The room plays this now. */
async function turnsTo(popup: PopupInTest, address: string): Promise<void> {
  const items = [{ content: { address, title: address } }]
  await popup.say({ type: 'command', command: { type: 'queue-add', items } })
  await soon()
  await popup.say({ type: 'command', command: { type: 'skip', itemId: world.room().media?.id ?? '' } })
  await soon()
  expect(world.room().media?.content.address).toBe(address)
}

/** The tab has arrived, its player not yet. */
async function arrives(address: string): Promise<void> {
  await world.tab.unload()
  world.tab.address = address
  world.frame.offer = null
  await world.browser.load(TAB)
  await soon()
}

describe('when the room turns to another film', () => {
  it('[B47] the tab is led there on the same site, and not again while it is on its way', async () => {
    const popup = await world.startedRoom()
    await turnsTo(popup, NEXT)
    expect(opened()).toEqual([NEXT])
    await world.clock.advance(5_000)
    expect(opened()).toEqual([NEXT])
  })

  it('[B47] on another site only with leave for it; a click gives both', async () => {
    const popup = await world.startedRoom()
    await turnsTo(popup, FAR)
    expect(opened()).toEqual([])
    expect(world.inRoom(popup).goTo?.address).toBe(FAR)
    await popup.say({ type: 'go-there' })
    expect(opened()).toEqual([FAR])
  })

  it('[B47] on another site that the person has agreed to before, at once', async () => {
    await world.browser.allowSite('https://elsewhere.example/*')
    const popup = await world.startedRoom()
    await turnsTo(popup, FAR)
    expect(opened()).toEqual([FAR])
  })

  it('[B47] who has just come in is not led: their page is their choice', async () => {
    await world.hostRoom({ media: { content: { address: NEXT, title: 'B' } } })
    const popup = await world.joinedRoom()
    expect(opened()).toEqual([])
    expect(world.inRoom(popup).goTo?.address).toBe(NEXT)
    expect(world.followed()).toBeDefined()
  })

  it('[B48] the page before is let go, and the room knows the member as elsewhere until a player is there', async () => {
    const popup = await world.startedRoom()
    await turnsTo(popup, NEXT)
    expect(world.frame.heard.at(-1)).toEqual({ type: 'let-go' })
    expect(reason()).toBe('elsewhere')
    await arrives(NEXT)
    expect(reason(), 'there, but without a player').toBe('elsewhere')
    await world.frame.say({ type: 'page', player: { ...FILM, address: NEXT } })
    await world.frame.say({ type: 'report', report: { positionSec: 0, state: 'buffering' } })
    await soon()
    expect(reason()).toBe('buffering')
    await world.frame.say({ type: 'resumed' })
    await soon()
    expect(reason()).toBeUndefined()
    expect(world.followed()?.timeline).toEqual(world.room().timeline)
  })

  it('[B48] so is a page that the room never knew: what it showed is over', async () => {
    const ben = await world.hostRoom({ media: { content: { address: FAR, title: 'C' } } })
    await world.joinedRoom()
    expect(world.followed()).toBeDefined()
    const media = { content: { address: `${FAR}/2`, title: 'D' } }
    await ben.ask({ type: 'command', ask: 'next', command: { type: 'set-media', media } })
    await soon()
    expect(world.frame.heard.at(-1)).toEqual({ type: 'let-go' })
  })

  it('[B49] who stays is not led, is elsewhere, and is brought back by a click', async () => {
    const popup = await world.startedRoom()
    expect(world.inRoom(popup).goesAlong).toBe(true)
    await popup.say({ type: 'go-along', on: false })
    expect(world.inRoom(popup).goesAlong).toBe(false)
    await turnsTo(popup, NEXT)
    expect(opened()).toEqual([])
    expect(reason()).toBe('elsewhere')
    await popup.say({ type: 'go-there' })
    expect(opened()).toEqual([NEXT])
    expect(world.inRoom(popup).goesAlong).toBe(true)
  })

  it('[B49] a stopped background still knows who stays, and who is on the way', async () => {
    const popup = await world.startedRoom()
    await turnsTo(popup, NEXT)
    await world.browser.restart()
    await world.clock.advance(3_000)
    await arrives(NEXT)
    expect(reason()).toBe('elsewhere')
    const again = await world.browser.openPopup(TAB)
    await again.say({ type: 'go-along', on: false })
    await world.browser.restart()
    await world.clock.advance(3_000)
    expect(world.inRoom(await world.browser.openPopup(TAB)).goesAlong).toBe(false)
  })
})
