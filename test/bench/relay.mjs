/**
 * The server of a peer's method: members on sockets, frames in JSON, and whatever the method's own relay does with them.
 * Knows no method. Its page part runs in the film's page, beside the player, in place of that method's client.
 */
import { WebSocketServer } from 'ws'
import { until } from '../../scripts/drive/until.mjs'
import { textOf } from './proxy.mjs'

/** @typedef {import('./figures.mjs').Told} Told */
/** @typedef {{ [key: string]: unknown, kind: string }} Frame */

/**
 * What a relay can do.
 * @typedef {object} World
 * @property {(to: number, frame: Frame) => void} send
 * @property {() => number[]} members in the order in which they came
 * @property {() => number} nowMs
 * @property {(afterMs: number, act: () => void) => void} later
 * @property {(lines: readonly import('./figures.mjs').Line[]) => void} note what the timeline is from now on
 */

/**
 * @typedef {object} RelayPart
 * @property {(member: number) => void} [joined]
 * @property {(from: number, frame: Frame) => void} heard
 * @property {(member: number) => void} [left]
 */

/**
 * What a follower in the page can do.
 * @typedef {object} Link
 * @property {(frame: Frame) => void} send
 * @property {(frame: Frame) => void} heard to be set by the follower
 * @property {() => number} nowMs
 */

/**
 * A peer's way of keeping players together, as its sources describe it.
 * @typedef {object} PeerMethod
 * @property {string} id
 * @property {string} title
 * @property {boolean} carriesRate can a person's speed be everybody's?
 * @property {(world: World) => RelayPart} createRelay
 * @property {(video: HTMLVideoElement, link: Link) => void} follow runs in the page: it may use nothing from outside itself
 */

const nowMs = () => performance.timeOrigin + performance.now()

/** @typedef {Awaited<ReturnType<typeof startRelay>>} Relay */

/** @param {PeerMethod['createRelay']} createRelay */
export async function startRelay(createRelay) {
  /** @type {Map<number, import('ws').WebSocket>} */
  const socketByMember = new Map()
  /** @type {Told[]} */
  const history = []
  /** @type {Set<NodeJS.Timeout>} */
  const timers = new Set()
  const newRoom = () => {
    for (const timer of timers) clearTimeout(timer)
    timers.clear()
    history.splice(0)
    return createRelay({
      send: (to, frame) => socketByMember.get(to)?.send(JSON.stringify(frame)),
      members: () => [...socketByMember.keys()],
      nowMs,
      later: (afterMs, act) => {
        const timer = setTimeout(() => {
          timers.delete(timer)
          act()
        }, afterMs)
        timers.add(timer)
      },
      note: (lines) => history.push({ toldMs: nowMs(), lines }),
    })
  }
  let room = newRoom()
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false })
  await new Promise((resolve) => server.once('listening', resolve))
  let members = 0
  server.on('connection', (socket) => {
    const member = members++
    // Whoever comes into an empty room makes a new one.
    if (socketByMember.size === 0) room = newRoom()
    socketByMember.set(member, socket)
    socket.on('message', (data) => room.heard(member, JSON.parse(textOf(data))))
    socket.on('close', () => {
      socketByMember.delete(member)
      room.left?.(member)
    })
    socket.on('error', () => socket.terminate())
    room.joined?.(member)
  })
  const bound = server.address()
  if (bound === null || typeof bound === 'string') throw new Error('The relay has no port.')
  return {
    address: `http://127.0.0.1:${bound.port}`,
    history,
    isEmpty: () => socketByMember.size === 0,
    close: async () => {
      for (const timer of timers) clearTimeout(timer)
      for (const socket of socketByMember.values()) socket.terminate()
      await new Promise((resolve) => server.close(() => resolve(undefined)))
    },
  }
}

/**
 * Puts the method's client beside the page's player.
 * @param {import('puppeteer-core').Page} page @param {PeerMethod} method @param {string} address of the proxy
 */
export async function enterRelay(page, method, address) {
  await page.evaluate(
    `(${String(enterInPage)})(${JSON.stringify(address.replace(/^http/, 'ws'))}, ${String(method.follow)})`,
  )
}

/** @param {string} address @param {PeerMethod['follow']} follow */
function enterInPage(address, follow) {
  const video = document.querySelector('video')
  if (!video) throw new Error('There is no video on this page.')
  const socket = new WebSocket(address)
  /** @type {Link} */
  const link = {
    send: (frame) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame))
    },
    heard: () => {},
    nowMs: () => performance.timeOrigin + performance.now(),
  }
  return new Promise((resolve, reject) => {
    socket.addEventListener('message', ({ data }) => link.heard(JSON.parse(String(data))))
    socket.addEventListener('error', () => reject(new Error('The relay can not be reached.')))
    socket.addEventListener('open', () => {
      follow(video, link)
      resolve(undefined)
    })
  })
}

/**
 * @param {PeerMethod} method @param {readonly [import('./stage.mjs').Person, import('./stage.mjs').Person]} people
 * @param {Relay} relay
 * @returns {import('./stage.mjs').Way}
 */
export function createPeerWay(method, people, relay) {
  return {
    enter: async (index) => {
      const atMs = nowMs()
      await enterRelay(people[index].page, method, people[index].proxy.address)
      return atMs
    },
    leave: async () => {
      for (const { page } of people) await page.goto('about:blank')
      await until('the relay is empty', relay.isEmpty)
    },
    history: () => (relay.history.length > 0 ? relay.history : undefined),
    carriesRate: method.carriesRate,
  }
}
