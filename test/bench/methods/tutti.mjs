/**
 * Ours: the real extension through its real popup, in a room of the real server, each behind its own proxy.
 * A third member without a player listens to the room undelayed, for where the server's timeline is; the room never waits for it.
 */
import { WebSocket } from 'ws'
import {
  chooseServer,
  part,
  startRoom,
  untilInRoom,
  untilPeople,
  untilReady,
} from '../../../scripts/drive/tutti-popup.mjs'
import { textOf } from '../proxy.mjs'

/** @typedef {import('../figures.mjs').Told} Told */
/** @typedef {import('../figures.mjs').Line} Line */
/** @typedef {import('../stage.mjs').Way} Way */
/** @typedef {import('../stage.mjs').Person} Person */

/** Well within the time after which a silent member is taken for gone. */
const SIGN_OF_LIFE_MS = 20_000

const nowMs = () => performance.timeOrigin + performance.now()

/**
 * @param {readonly [Person, Person]} people @param {string} server
 * @param {{ close(): Promise<void> }[]} opened
 * @returns {Promise<Way>}
 */
export async function createTuttiWay(people, server, opened) {
  let code = ''
  /** @type {Told[]} */
  const history = []
  /** @type {WebSocket | undefined} */
  let listener
  opened.push({ close: async () => listener?.terminate() })
  /**
   * Opens the popup over the person's page, does something there, and closes it again.
   * @template T
   * @param {Person} person @param {(popup: import('../../../scripts/drive/popup.mjs').Popup) => Promise<T>} act
   */
  const inPopup = async ({ browser }, act) => {
    const popup = await browser.openPopup()
    try {
      return await act(popup)
    } finally {
      await popup.close()
    }
  }
  for (const person of people) {
    await person.page.goto('about:blank')
    await inPopup(person, (popup) => chooseServer(popup, person.proxy.address))
  }
  return {
    enter: async (index) => {
      const person = people[index]
      if (index === 0) {
        code = await inPopup(person, (popup) => startRoom(popup, person.name))
        history.splice(0)
        listener?.terminate()
        listener = await listen(server, code, (lines) => history.push({ toldMs: nowMs(), lines }))
        return nowMs()
      }
      return inPopup(person, async (popup) => {
        await untilReady(popup)
        await popup.type(part('name'), person.name)
        await popup.type(part('join-text'), code)
        const atMs = nowMs()
        await popup.click(part('join'))
        await untilInRoom(popup)
        await untilPeople(popup, 'both are in the room', (shown) =>
          people.every(({ name }) => shown.some((one) => one.name === name)),
        )
        return atMs
      })
    },
    leave: async () => {
      for (const person of people)
        await inPopup(person, async (popup) => {
          await popup.waitFor(`${part('join-text')}, ${part('leave')}`)
          if (await popup.exists(part('leave'))) await popup.click(part('leave'))
          await popup.waitFor(part('join-text'))
        })
    },
    history: () => history,
    carriesRate: true,
  }
}

/**
 * @param {string} server @param {string} code @param {(lines: readonly Line[]) => void} hear
 * @returns {Promise<WebSocket>}
 */
async function listen(server, code, hear) {
  const socket = new WebSocket(`${server.replace(/^http/, 'ws')}/tutti`)
  // Without a word of its path: the server's lead is the players' own.
  const living = setInterval(() => socket.send(JSON.stringify({ type: 'ping', sentMs: nowMs() })), SIGN_OF_LIFE_MS)
  socket.on('close', () => clearInterval(living))
  /** @param {{ current: Line, next?: Line }} timeline */
  const told = ({ current, next }) => hear(next ? [current, next] : [current])
  await new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.on('open', () => socket.send(JSON.stringify({ type: 'hello', v: 1 })))
    socket.on('message', (data) => {
      const frame = JSON.parse(textOf(data))
      if (frame.type === 'welcome')
        socket.send(JSON.stringify({ type: 'enter', ask: 'in', door: { kind: 'code', code }, name: 'Listener' }))
      if (frame.type === 'entered') {
        told(frame.room.timeline)
        resolve(undefined)
      }
      if (frame.type === 'event' && frame.event.type === 'timeline-changed') told(frame.event.timeline)
      if (frame.type === 'refused') reject(new Error(`The listener was refused: ${frame.sentence}`))
    })
  })
  return socket
}
