/** The background from outside: pages and popups on one side, the wire with a host of rooms on the other. */
import type { PublicRoom } from '../../src/core/room/room'
import type { RoomView } from '../../src/messages/background-to-popup'
import type { PagePlayer } from '../../src/messages/content-to-background'
import { CREATE } from '../core/room/a-room'
import { startHost } from '../doubles/a-host'
import { createNetwork } from '../doubles/channel'
import { createManualClock } from '../doubles/manual-clock'
import { createPeer, goIn } from '../server/peer'
import { aBrowser, type PopupInTest } from './a-browser'

export const TAB = 7
export const OTHER_TAB = 8
export const ADDRESS = 'https://films.example/a'
export const FILM: PagePlayer = {
  title: 'Film',
  address: ADDRESS,
  durationSec: 600,
  positionSec: 30,
  rate: 1,
  playing: false,
  score: 50,
}

export async function aWorld() {
  const clock = createManualClock()
  const network = createNetwork(clock, { upMs: () => 5, downMs: () => 5 })
  const host = await startHost(clock)
  const urls: string[] = []
  const listen = () =>
    network.listen((url, end) => {
      urls.push(url)
      return host.accept(url, end)
    })
  listen()
  const browser = aBrowser(clock, network.openSocket)
  await browser.start()
  const tab = browser.openTab(TAB, ADDRESS, [FILM])
  const [frame] = tab.frames
  if (!frame) throw new Error('the tab has a frame')

  /** Of the first room, if there is one. */
  const code = (): string => host.codes()[0] ?? 'zzzzzz'
  const inRoom = (popup: PopupInTest): RoomView => {
    const { room } = popup.view()
    if (room.kind !== 'in-room') throw new Error(`the popup shows ${room.kind}`)
    return room.room
  }
  return {
    clock,
    network,
    host,
    urls,
    listen,
    browser,
    tab,
    frame,
    inRoom,
    room(): PublicRoom {
      const room = host.room(code())
      if (!room) throw new Error('there is no such room')
      return room
    },
    /** A room that somebody else made. */
    code,
    async hostRoom(create: Partial<typeof CREATE> = {}) {
      const door = { kind: 'new', create: { ...CREATE, ...create } }
      const ben = createPeer(host.server.sessions)
      await goIn(ben, { door, name: 'Ben' })
      return ben
    },
    /** For what the server works on beside the loop, whatever the clock says: it signs invites and reads them. */
    async until(what: string, isSo: () => boolean) {
      for (let turn = 0; turn < 2_000 && !isSo(); turn += 1) {
        await clock.advance(10)
        await new Promise((resolve) => setImmediate(resolve))
      }
      if (!isSo()) throw new Error(`in vain until ${what}`)
    },
    followed: () => frame.heard.findLast((message) => message.type === 'follow'),
    async startedRoom() {
      const popup = await browser.openPopup(TAB)
      await popup.say({ type: 'start-room', name: 'Ada' })
      await clock.advance(2000)
      return popup
    },
    async joinedRoom() {
      const popup = await browser.openPopup(TAB)
      await popup.say({ type: 'join-room', text: code(), name: 'Ada' })
      await clock.advance(2000)
      return popup
    },
  }
}
