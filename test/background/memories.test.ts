/** What the background remembers for the players of this browser: from the page to the storage, and back in the next visit. */
import { beforeEach, describe, expect, it } from 'vitest'
import { MOST_SITES } from '../../src/background/stored-values'
import type { PagePlayer } from '../../src/messages/content-to-background'
import { startHost } from '../doubles/a-host'
import { createNetwork } from '../doubles/channel'
import { createManualClock } from '../doubles/manual-clock'
import { aBrowser, type FrameInTest, type PopupInTest } from './a-browser'

const TAB = 7
const OTHER_TAB = 8
const FILM: PagePlayer = {
  title: 'Film',
  address: 'https://films.example/a',
  durationSec: 600,
  positionSec: 30,
  rate: 1,
  playing: false,
  score: 50,
}
const LEARNED = { playSec: [0.07], resumeSec: [], seekSec: [0.08, 0.09] }
const PLAYER = 'chromium file heard'

async function aWorld() {
  const clock = createManualClock()
  const network = createNetwork(clock, { upMs: () => 5, downMs: () => 5 })
  const host = await startHost(clock)
  network.listen((url, end) => host.accept(url, end))
  const browser = aBrowser(clock, network.openSocket)
  await browser.start()
  const open = (tabId: number, site: string) => browser.openTab(tabId, `https://${site}/a`, [FILM])
  const frameOf = ({ frames: [frame] }: ReturnType<typeof open>): FrameInTest => {
    if (!frame) throw new Error('the tab has a frame')
    return frame
  }
  return {
    clock,
    browser,
    open,
    frameOf,
    async startedRoom(tabId: number) {
      const popup = await browser.openPopup(tabId)
      await popup.say({ type: 'start-room', name: 'Ada' })
      await clock.advance(2000)
      return popup
    },
    async learns(frame: FrameInTest) {
      await frame.say({ type: 'learned', player: PLAYER, learned: LEARNED })
    },
  }
}

const followsOf = (frame: FrameInTest) => frame.heard.filter((message) => message.type === 'follow')
const nudgeOf = (popup: PopupInTest) => {
  const { room } = popup.view()
  return room.kind === 'in-room' ? room.room.nudge : undefined
}

let world: Awaited<ReturnType<typeof aWorld>>
beforeEach(async () => {
  world = await aWorld()
})

describe('learned latencies', () => {
  it('[B30] are told with the first `follow` of the next visit, over a restart, and not again', async () => {
    const first = world.frameOf(world.open(TAB, 'films.example'))
    const popup = await world.startedRoom(TAB)
    expect(followsOf(first)[0]).not.toHaveProperty('learned')
    await world.learns(first)
    await popup.say({ type: 'leave' })
    await popup.close()
    await world.browser.closeTab(TAB)
    await world.browser.restart()

    const second = world.frameOf(world.open(OTHER_TAB, 'films.example'))
    const again = await world.startedRoom(OTHER_TAB)
    await again.say({ type: 'play' })
    await again.say({ type: 'nudge', heard: 'late' })
    const follows = followsOf(second)
    expect(follows.length).toBeGreaterThan(1)
    expect(follows[0]).toMatchObject({ learned: { [PLAYER]: LEARNED } })
    for (const later of follows.slice(1)) expect(later).not.toHaveProperty('learned')
  })

  it('[B30] of another site are not told', async () => {
    const first = world.frameOf(world.open(TAB, 'films.example'))
    await world.startedRoom(TAB)
    await world.learns(first)
    const second = world.frameOf(world.open(OTHER_TAB, 'other.example'))
    const popup = await world.browser.openPopup(OTHER_TAB)
    await popup.say({ type: 'drive-here' })
    expect(followsOf(second)[0]).toMatchObject({ nudgeMs: 0 })
    expect(followsOf(second)[0]).not.toHaveProperty('learned')
  })

  it('[B30] are also heard from a player that has just been let go, and other players of the site are kept', async () => {
    const frame = world.frameOf(world.open(TAB, 'films.example'))
    const popup = await world.startedRoom(TAB)
    await popup.say({ type: 'leave' })
    await world.learns(frame)
    await frame.say({ type: 'learned', player: 'chromium stream muted', learned: LEARNED })
    expect(world.browser.learned.value()).toEqual([
      { key: 'films.example', value: { [PLAYER]: LEARNED, 'chromium stream muted': LEARNED } },
    ])
  })

  it('[B30] are not kept of a private window', async () => {
    const tab = world.open(TAB, 'films.example')
    tab.isPrivate = true
    await world.startedRoom(TAB)
    await world.learns(world.frameOf(tab))
    expect(world.browser.learned.value()).toBeUndefined()
  })

  it('[B30] are kept of the sites used last', async () => {
    await world.browser.learned.write(
      Array.from({ length: MOST_SITES }, (_, n) => ({ key: `${n}.example`, value: { [PLAYER]: LEARNED } })),
    )
    await world.browser.restart()
    const frame = world.frameOf(world.open(TAB, 'films.example'))
    await world.startedRoom(TAB)
    await world.learns(frame)
    const kept = world.browser.learned.value() ?? []
    expect(kept).toHaveLength(MOST_SITES)
    expect(kept[0]?.key).toBe('1.example')
    expect(kept.at(-1)?.key).toBe('films.example')
  })
})

describe('the nudge', () => {
  it('[B32] reaches the player at once and the popup shows it; both sides of zero, and back', async () => {
    const frame = world.frameOf(world.open(TAB, 'films.example'))
    const popup = await world.startedRoom(TAB)
    expect(nudgeOf(popup)).toEqual({ nudgeMs: 0 })
    for (const [heard, nudgeMs] of [
      ['late', 10],
      ['late', 20],
      ['early', 10],
      ['early', 0],
      ['early', -10],
    ] as const) {
      await popup.say({ type: 'nudge', heard })
      expect(nudgeOf(popup)).toEqual({ nudgeMs })
      expect(followsOf(frame).at(-1)).toMatchObject({ nudgeMs })
    }
    await popup.say({ type: 'reset-nudge' })
    expect(followsOf(frame).at(-1)).toMatchObject({ nudgeMs: 0 })
    expect(world.browser.nudges.value()).toEqual([])
  })

  it('[B32] holds in the next room, after a restart and on every site', async () => {
    world.open(TAB, 'films.example')
    const popup = await world.startedRoom(TAB)
    for (let n = 0; n < 3; n += 1) await popup.say({ type: 'nudge', heard: 'late' })
    await popup.say({ type: 'leave' })
    await popup.close()
    await world.browser.restart()
    const second = world.frameOf(world.open(OTHER_TAB, 'other.example'))
    expect(nudgeOf(await world.startedRoom(OTHER_TAB))).toEqual({ nudgeMs: 30 })
    expect(followsOf(second)[0]).toMatchObject({ nudgeMs: 30 })
  })

  it('[B32] is each loudspeaker’s own, where the browser tells which one is heard', async () => {
    const frame = world.frameOf(world.open(TAB, 'films.example'))
    const popup = await world.startedRoom(TAB)
    await popup.say({ type: 'nudge', heard: 'early' })
    await frame.say({ type: 'heard-on', device: 'Headphones' })
    expect(nudgeOf(popup)).toEqual({ nudgeMs: 0, device: 'Headphones' })
    await popup.say({ type: 'nudge', heard: 'late' })
    await frame.say({ type: 'heard-on', device: 'TV' })
    expect(followsOf(frame).at(-1)).toMatchObject({ nudgeMs: 0 })
    await frame.say({ type: 'heard-on', device: 'Headphones' })
    expect(nudgeOf(popup)).toEqual({ nudgeMs: 10, device: 'Headphones' })
    await frame.say({ type: 'heard-on', device: null })
    expect(nudgeOf(popup)).toEqual({ nudgeMs: -10 })
    expect(followsOf(frame).at(-1)).toMatchObject({ nudgeMs: -10 })
  })

  it('[B32] names no device of a tab that is not driven any more', async () => {
    const frame = world.frameOf(world.open(TAB, 'films.example'))
    await world.startedRoom(TAB)
    await frame.say({ type: 'heard-on', device: 'Headphones' })
    world.open(OTHER_TAB, 'other.example')
    const popup = await world.browser.openPopup(OTHER_TAB)
    await popup.say({ type: 'drive-here' })
    expect(nudgeOf(popup)).toEqual({ nudgeMs: 0 })
  })

  it('[B32] is not offered while nothing is driven', async () => {
    world.open(TAB, 'films.example')
    const popup = await world.startedRoom(TAB)
    await world.browser.closeTab(TAB)
    expect(nudgeOf(popup)).toBeUndefined()
  })
})
