import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ADDRESS, aWorld, FILM, OTHER_TAB, TAB } from './a-world'

const PATTERN = 'https://films.example/*'

let world: Awaited<ReturnType<typeof aWorld>>
const warnings = vi.spyOn(console, 'warn').mockImplementation(() => {})
beforeEach(async () => {
  warnings.mockClear()
  world = await aWorld()
})

describe('looking for a video', () => {
  it('[B1] brings the script in when a popup opens, and takes it out when it closes', async () => {
    expect(world.frame.isConnected()).toBe(false)
    const popup = await world.browser.openPopup(TAB)
    expect(popup.view().page).toMatchObject({ kind: 'video', host: 'films.example', title: 'Film', durationSec: 600 })
    expect(world.frame.isConnected()).toBe(true)
    await popup.close()
    expect(world.frame.isConnected()).toBe(false)
  })

  it('[B2] says where it may not look, and where there is no video', async () => {
    world.browser.openTab(OTHER_TAB, 'chrome://extensions/', []).allowed = false
    expect((await world.browser.openPopup(OTHER_TAB)).view().page).toEqual({ kind: 'not-allowed' })
    world.browser.openTab(9, 'https://news.example/', [null])
    expect((await world.browser.openPopup(9)).view().page).toEqual({ kind: 'no-video', host: 'news.example' })
  })

  it('[B3] starts no room where there is no video', async () => {
    world.frame.offer = null
    const popup = await world.startedRoom()
    expect(popup.view().room).toEqual({ kind: 'outside' })
    expect(world.urls).toEqual([])
  })
})

describe('being in a room', () => {
  it('[B3] starts one from the video of the tab, which then follows it', async () => {
    const popup = await world.startedRoom()
    expect(world.room().media?.content).toEqual({ address: ADDRESS, title: 'Film' })
    expect(world.room().timeline.current.positionSec).toBe(30)
    expect(world.inRoom(popup)).toMatchObject({
      drives: 'this-tab',
      isHost: true,
      people: [{ name: 'Ada', isSelf: true }],
    })
    expect(world.followed()).toMatchObject({ type: 'follow', timeline: world.room().timeline, mayControl: true })
    expect(world.browser.seen.badge).toEqual({ text: '1', inRoom: true, urgent: false })
  })

  it('[B7] joins by a code at the server of the settings, and by a link at its own', async () => {
    await world.hostRoom()
    const popup = await world.joinedRoom()
    expect(world.inRoom(popup).code).toBe(world.code())
    await popup.say({ type: 'leave' })
    await popup.say({ type: 'join-room', text: `https://rooms.example/j/${world.code()}`, name: 'Ada' })
    await world.clock.advance(2000)
    expect([...new Set(world.urls)]).toEqual(['ws://127.0.0.1:4747/tutti', 'wss://rooms.example/tutti'])
    expect(popup.view().server).toBe('http://127.0.0.1:4747')
    expect(world.inRoom(popup).inviteLink).toBe(`https://rooms.example/j/${world.code()}`)
  })

  it('[B8] what the person does to the player is asked of the room', async () => {
    await world.startedRoom()
    await world.frame.say({ type: 'person-did', command: { type: 'play', positionSec: 31 } })
    await world.clock.advance(2000)
    expect(world.room().lastAct?.kind).toBe('play')
    expect(world.followed()?.timeline).toEqual(world.room().timeline)
    expect(world.frame.heard.some(({ type }) => type === 'answered')).toBe(true)
  })

  it('[B8] a no of the room goes back to the player, and is shown', async () => {
    await world.hostRoom({ control: 'host' })
    const popup = await world.joinedRoom()
    expect(world.followed()?.mayControl).toBe(false)
    await world.frame.say({ type: 'person-did', command: { type: 'pause', positionSec: 31 } })
    await world.clock.advance(100)
    expect(world.frame.heard).toContainEqual({ type: 'answered' })
    expect(warnings).toHaveBeenCalledWith('Tutti: "pause" was refused: host-controls')
    expect(popup.view().problem).toMatchObject({ kind: 'refused', code: 'host-controls' })
  })

  it('[B8] what the player suffers is told to the room, and ends when the player is gone', async () => {
    await world.hostRoom()
    const popup = await world.joinedRoom()
    const self = () => world.room().members.find((member) => member.shown.name === 'Ada')
    await world.frame.say({ type: 'suspended', reason: 'buffering' })
    await world.clock.advance(100)
    expect(self()?.suspension?.reason).toBe('buffering')
    expect(world.inRoom(popup).people.find(({ isSelf }) => isSelf)?.status).toEqual({
      kind: 'held',
      reason: 'buffering',
    })
    await world.tab.unload()
    await world.clock.advance(100)
    expect(self()?.suspension).toBeUndefined()
  })

  it('[B8] a player that is taken out of its page and put back is heard all the way', async () => {
    const popup = await world.startedRoom()
    const self = () => world.room().members[0]
    await world.frame.say({ type: 'suspended', reason: 'elsewhere' })
    await world.frame.say({ type: 'page', player: null })
    await world.clock.advance(100)
    expect(self()?.suspension?.reason).toBe('elsewhere')
    expect(world.inRoom(popup).drives).toBe('nothing')
    await world.frame.say({ type: 'resumed' })
    await world.frame.say({ type: 'page', player: FILM })
    await world.clock.advance(100)
    expect(self()?.suspension).toBeUndefined()
    expect(world.inRoom(popup).drives).toBe('this-tab')
  })

  it('[B9] a button acts on the driven player, or on the room where none is driven', async () => {
    const popup = await world.startedRoom()
    await popup.say({ type: 'skip', bySec: -10 })
    expect(world.frame.heard.at(-1)).toEqual({ type: 'act', act: { kind: 'skip', bySec: -10 } })
    expect(world.host.commands).toEqual([])
    world.tab.allowed = false
    await world.tab.unload()
    await popup.say({ type: 'skip', bySec: -10 })
    await world.clock.advance(100)
    expect(world.host.commands).toEqual([{ type: 'seek', positionSec: 20 }])
  })

  it('[B13] reports travel out and come in', async () => {
    const popup = await world.startedRoom()
    await world.frame.say({ type: 'report', report: { positionSec: 30, skewMs: 4, state: 'playing' } })
    expect(world.inRoom(popup).people[0]?.status).toEqual({ kind: 'following', skewMs: 4 })
  })

  it('[B16] says when the browser wants a click before it plays', async () => {
    const popup = await world.startedRoom()
    await world.frame.say({ type: 'suspended', reason: 'autoplay-blocked' })
    await world.clock.advance(100)
    expect(world.inRoom(popup).needsClick).toBe(true)
    expect(world.browser.seen.badge?.text).toBe('!')
    await world.frame.say({ type: 'resumed' })
    await world.clock.advance(100)
    expect(world.inRoom(popup).needsClick).toBe(false)
  })

  it('[B6] leaving gives the player back, and takes the script out once the popup is closed', async () => {
    const popup = await world.startedRoom()
    await popup.say({ type: 'leave' })
    await world.clock.advance(100)
    expect(world.frame.heard.at(-1)).toEqual({ type: 'let-go' })
    expect(popup.view().room).toEqual({ kind: 'outside' })
    expect(world.browser.seen).toMatchObject({ alarm: false, badge: { inRoom: false }, registered: undefined })
    expect(world.browser.seat.value()).toBeUndefined()
    await popup.close()
    expect(world.frame.isConnected()).toBe(false)
  })

  it('[B6] the room stays when the popup closes', async () => {
    const popup = await world.startedRoom()
    await popup.close()
    expect(world.frame.isConnected()).toBe(true)
    expect(world.room().members[0]?.presence.kind).toBe('connected')
  })
})

describe('which tab is driven', () => {
  it('[B14] another tab can take over, by its popup', async () => {
    const popup = await world.startedRoom()
    await popup.close()
    const other = world.browser.openTab(OTHER_TAB, 'https://films.example/b', [FILM])
    const second = await world.browser.openPopup(OTHER_TAB)
    expect(world.inRoom(second).drives).toBe('other-tab')
    await second.say({ type: 'drive-here' })
    expect(world.inRoom(second).drives).toBe('this-tab')
    expect(other.frames[0]?.heard.some(({ type }) => type === 'follow')).toBe(true)
    expect(world.frame.heard.at(-1)).toEqual({ type: 'let-go' })
    expect(world.frame.isConnected()).toBe(false)
  })

  it('[B14] when the driven tab is closed the room stays and nothing is driven', async () => {
    const popup = await world.startedRoom()
    await popup.close()
    await world.browser.closeTab(TAB)
    world.browser.openTab(OTHER_TAB, 'https://films.example/b', [FILM])
    expect(world.inRoom(await world.browser.openPopup(OTHER_TAB)).drives).toBe('nothing')
    expect(world.browser.drivenTab.value()).toBeUndefined()
  })

  it('[B15] a page that follows in the driven tab is driven on, as far as we may', async () => {
    const popup = await world.startedRoom()
    await world.tab.unload()
    expect(world.inRoom(popup).drives).toBe('nothing')
    await world.browser.load(TAB)
    expect(world.inRoom(popup).drives).toBe('this-tab')
    expect(world.followed()?.timeline).toEqual(world.room().timeline)
  })

  it('[B15] a player in a frame that was replaced is found again without the page loading', async () => {
    const popup = await world.startedRoom()
    await world.tab.unload()
    await world.clock.advance(2000)
    expect(world.inRoom(popup).drives).toBe('this-tab')
  })

  it('[B15] where we may not, leave is asked for, and once given the page is driven again', async () => {
    const popup = await world.startedRoom()
    expect(world.inRoom(popup).siteToAllow).toEqual({ host: 'films.example', pattern: PATTERN })
    await popup.close()
    world.tab.allowed = false
    await world.tab.unload()
    await world.browser.load(TAB)
    expect(world.frame.isConnected()).toBe(false)

    await world.browser.allowSite(PATTERN)
    expect(world.frame.isConnected()).toBe(true)
    expect(world.followed()?.timeline).toEqual(world.room().timeline)
    expect(world.browser.seen.registered).toBe(PATTERN)
    expect(world.inRoom(await world.browser.openPopup(TAB)).siteToAllow).toBeUndefined()
  })
})

describe('when the background is stopped', () => {
  it('[B12] it comes back to its seat, its tab and its popup', async () => {
    const popup = await world.startedRoom()
    await popup.close()
    const { id } = world.room().members[0] ?? {}
    const heardBefore = world.frame.heard.length
    await world.browser.restart()
    await world.clock.advance(2000)
    expect(world.room().members).toMatchObject([{ id, presence: { kind: 'connected' } }])
    expect(world.frame.isConnected()).toBe(true)
    expect(world.frame.heard.slice(heardBefore).some(({ type }) => type === 'let-go')).toBe(false)
    expect(world.inRoom(await world.browser.openPopup(TAB))).toMatchObject({ drives: 'this-tab' })
    expect((await world.browser.openPopup(TAB)).view().name).toBe('Ada')
  })

  it('[B12] outside of a room it starts with nothing to do', async () => {
    await world.browser.restart()
    await world.clock.advance(60_000)
    expect(world.urls).toEqual([])
    expect(world.browser.seen).toMatchObject({ alarm: false, touches: 0 })
  })

  it('[B17] in a room every frame of the server is a sign of life to the browser, and the alarm is set', async () => {
    await world.startedRoom()
    expect(world.browser.seen.alarm).toBe(true)
    const before = world.browser.seen.touches
    await world.clock.advance(20_000)
    expect(world.browser.seen.touches).toBeGreaterThan(before)
  })
})

describe('what stands in the way', () => {
  it('[B18] a code that no room has', async () => {
    const popup = await world.joinedRoom()
    expect(popup.view()).toMatchObject({
      room: { kind: 'outside' },
      problem: { kind: 'refused', code: 'no-such-room' },
    })
    expect(warnings).toHaveBeenCalledWith('Tutti: out of the room: no-such-room')
    await popup.say({ type: 'dismiss-problem' })
    expect(popup.view().problem).toBeUndefined()
  })

  it('[B18] a text that is neither code nor link, and a server that is none', async () => {
    const popup = await world.browser.openPopup(TAB)
    await popup.say({ type: 'join-room', text: 'hello', name: 'Ada' })
    expect(popup.view().problem).toEqual({ kind: 'not-understood', text: 'hello' })
    await popup.say({ type: 'set-server', server: 'http://rooms.example' })
    expect(popup.view().problem).toEqual({ kind: 'bad-server', text: 'http://rooms.example', why: 'needs-https' })
    await popup.say({ type: 'set-server', server: 'wss://rooms.example/' })
    expect(popup.view().problem).toBeUndefined()
    expect(popup.view().server).toBe('https://rooms.example')
    expect(world.browser.settings.value()?.server).toBe('https://rooms.example')
  })

  it('[B11] a server that is not there is tried again until it is, or the person has enough', async () => {
    world.network.listen(undefined)
    const popup = await world.startedRoom()
    expect(popup.view()).toMatchObject({
      room: { kind: 'connecting', doing: 'starting' },
      problem: { kind: 'no-server' },
    })
    world.listen()
    await popup.say({ type: 'retry' })
    await world.clock.advance(2000)
    expect(world.inRoom(popup).people).toHaveLength(1)
    expect(popup.view().problem).toBeUndefined()
  })

  it('[B11] trying can be stopped', async () => {
    world.network.listen(undefined)
    const popup = await world.startedRoom()
    await popup.say({ type: 'cancel' })
    expect(popup.view()).toMatchObject({ room: { kind: 'outside' } })
    expect(popup.view().problem).toBeUndefined()
    world.listen()
    await world.clock.advance(120_000)
    expect(world.urls).toEqual([])
  })

  it('[B11] choosing another server stops it, and the next try goes there', async () => {
    world.network.listen(undefined)
    const popup = await world.startedRoom()
    await popup.say({ type: 'set-server', server: 'https://rooms.example' })
    expect(popup.view()).toMatchObject({ room: { kind: 'outside' }, server: 'https://rooms.example' })
    expect(popup.view().problem).toBeUndefined()
    world.listen()
    await popup.say({ type: 'start-room', name: 'Ada' })
    await world.clock.advance(2000)
    expect(world.urls).toEqual(['wss://rooms.example/tutti'])
    expect(world.inRoom(popup).people).toHaveLength(1)
  })

  it('[B18] a second room while in one', async () => {
    await world.hostRoom()
    const popup = await world.joinedRoom()
    await popup.say({ type: 'start-room', name: 'Ada' })
    expect(popup.view().problem).toMatchObject({ kind: 'refused', code: 'already-in-room' })
    expect(world.inRoom(popup).code).toBe(world.code())
  })

  it('[B19] messages that nobody can read are left aside, and nothing is lost', async () => {
    const popup = await world.startedRoom()
    await world.frame.say({ type: 'person-did' })
    await world.frame.say({ type: 'no such message' })
    await popup.say({ type: 'join-room' })
    expect(warnings).toHaveBeenCalledTimes(3)
    expect(world.inRoom(popup).drives).toBe('this-tab')
  })

  it('[B19] a frame that is not driven moves nothing', async () => {
    const popup = await world.startedRoom()
    const other = world.browser.openTab(OTHER_TAB, ADDRESS, [FILM])
    await world.browser.openPopup(OTHER_TAB)
    await other.frames[0]?.say({ type: 'person-did', command: { type: 'seek', positionSec: 500 } })
    await world.clock.advance(100)
    expect(world.host.commands).toEqual([])
    expect(world.inRoom(popup).timeline.current.positionSec).toBe(30)
  })
})
