/**
 * `npm run pictures`: docs/pictures anew. Every state of the popup, from the real popup over a real page, in light and
 * dark; and the README's picture, both pages with their popups side by side. Says in docs/pictures/README.md how they were made.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { arch, cpus, release, tmpdir, type } from 'node:os'
import { join } from 'node:path'
import { runMain, step } from './say.mjs'
import { ROOT, setUp } from './setup.mjs'

const FOLDER = join(ROOT, 'docs/pictures')
const SCHEMES = /** @type {const} */ (['light', 'dark'])

/** @typedef {import('./drive/launch.mjs').DrivenBrowser} DrivenBrowser */
/** @typedef {import('./drive/popup.mjs').Popup} Popup */

/** @type {{ file: string, what: string }[]} */
const taken = []

/**
 * @param {DrivenBrowser} browser @param {Popup} popup @param {string} name @param {string} what it shows
 */
async function picture(browser, popup, name, what) {
  const { until } = await import('./drive/until.mjs')
  for (const scheme of SCHEMES) {
    await browser.setColorScheme(scheme)
    // What fades in has come, what breathes for ever may go on.
    await until('the popup has come to rest', () =>
      popup.read(
        (document) =>
          document
            .getAnimations()
            .every(({ effect }) => effect?.getComputedTiming().endTime === Number.POSITIVE_INFINITY),
        undefined,
      ),
    )
    await popup.screenshot(join(FOLDER, `popup-${name}-${scheme}.png`))
  }
  taken.push({ file: `popup-${name}`, what })
  console.log(`  ${name}`)
}

/** @param {readonly import('./drive/tutti-popup.mjs').PersonShown[]} people */
function areInTime(people) {
  return people.length === 2 && people.every(({ skewMs }) => skewMs !== undefined && Math.abs(skewMs) <= 20)
}

/** A server that takes every connection and never says a word. */
async function startSilentServer() {
  /** @type {Set<import('node:net').Socket>} */
  const sockets = new Set()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => sockets.delete(socket))
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)))
  const bound = server.address()
  const port = bound !== null && typeof bound === 'object' ? bound.port : 0
  return {
    address: `http://127.0.0.1:${port}`,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(() => resolve(undefined)))
    },
  }
}

/** @param {DrivenBrowser} host @param {DrivenBrowser} guest @param {{ close(): Promise<void> }[]} opened */
async function takePopups(host, guest, opened) {
  const { clickPicture, openFilm, untilPlaying } = await import('./drive/film-page.mjs')
  const { startRoomServer } = await import('./drive/room-server.mjs')
  const { chooseServer, joinRoom, part, startRoom, untilPeople, untilReady } = await import('./drive/tutti-popup.mjs')
  const { startFilmServer } = await import('./film-server.mjs')
  const server = await startRoomServer()
  opened.push(server)
  const film = await startFilmServer()
  const slowFilm = await startFilmServer()
  const silent = await startSilentServer()
  opened.push(film, slowFilm, silent)

  await host.page.goto(`${film.address}/no-video.html`)
  let popup = await host.openPopup()
  await popup.waitForText('No video on')
  await picture(host, popup, 'no-video', 'No video on this page')
  await popup.close()

  await openFilm(host.page, film.address)
  popup = await host.openPopup()
  await untilReady(popup)
  await picture(host, popup, 'ready', 'A page with a video: start a room, or join one')
  await chooseServer(popup, silent.address)
  await popup.click(part('start-room'))
  await popup.waitFor(part('connecting'))
  await picture(host, popup, 'connecting', 'On the way into a room')
  await popup.click(`${part('connecting')} button`)
  await chooseServer(popup, 'http://127.0.0.1:9')
  await popup.click(part('start-room'))
  await popup.waitFor(part('problem'))
  await picture(host, popup, 'no-server', 'The room server does not answer')
  await popup.click(`${part('connecting')} button`)
  await chooseServer(popup, server.address)
  await popup.type(part('join-text'), 'zzzzzz')
  await popup.click(part('join'))
  await popup.waitFor(part('problem'))
  await picture(host, popup, 'refused', 'Refused: there is no such room')
  await popup.click(part('settings'))
  await popup.waitFor(part('settings-save'))
  await picture(host, popup, 'settings', 'Settings: name and room server')
  await popup.click(part('settings'))
  const code = await startRoom(popup, 'Brave Otter')
  await picture(host, popup, 'alone', 'In a room, before anybody else has come')
  await popup.click(part('show-qr'))
  await picture(host, popup, 'invite', 'The invite as a QR code')
  await popup.close()

  // A slow line from the first byte on, so that the player has nothing in store when it is told to play.
  await slowFilm.holdFrom(0.3)
  await guest.page.goto(`${slowFilm.address}/film.html`)
  let guestPopup = await guest.openPopup()
  await chooseServer(guestPopup, server.address)
  await joinRoom(guestPopup, 'Clever Fox', code)
  await clickPicture(host.page)
  await untilPlaying(host.page, true)
  await guestPopup.close()
  await host.page.click('[data-to="90"]')
  popup = await host.openPopup()
  await popup.waitFor(part('waiting'))
  await picture(host, popup, 'waiting', 'Waiting for somebody, with the reason')
  slowFilm.release()
  await untilPeople(popup, 'both are in time', areInTime)
  await picture(host, popup, 'in-room-host', 'In a room, as the host sees it')
  await popup.close()
  guestPopup = await guest.openPopup()
  await untilPeople(guestPopup, 'both are shown', (people) => people.length === 2)
  await picture(guest, guestPopup, 'in-room-member', 'In a room, as a member sees it (Firefox)')
  await guestPopup.close()
  popup = await host.openPopup()
  await server.stop()
  await popup.waitFor(part('lost'))
  await picture(host, popup, 'lost', 'The connection is lost and tried again')
  await popup.close()
}

/**
 * Both pages and their popups, taken at one moment while the film plays, then laid side by side as windows.
 * @param {{ close(): Promise<void> }[]} opened
 */
async function takeRunning(opened) {
  const { clickPicture, clickChapter, openFilm, readPlayer } = await import('./drive/film-page.mjs')
  const { launch } = await import('./drive/launch.mjs')
  const { startRoomServer } = await import('./drive/room-server.mjs')
  const { chooseServer, joinRoom, startRoom, untilPeople } = await import('./drive/tutti-popup.mjs')
  const { until } = await import('./drive/until.mjs')
  const { startFilmServer } = await import('./film-server.mjs')
  const server = await startRoomServer()
  opened.push(server)
  const film = await startFilmServer()
  opened.push(film)
  const window = { x: 0, y: 0, width: 1000, height: 660 }
  let code = ''
  /** @type {{ browser: DrivenBrowser, name: string }[]} */
  const seats = []
  for (const [kind, name] of /** @type {const} */ ([
    ['chromium', 'Brave Otter'],
    ['firefox', 'Clever Fox'],
  ])) {
    const browser = await launch(kind, { window, colorScheme: 'dark' })
    opened.push(browser)
    await openFilm(browser.page, film.address)
    const popup = await browser.openPopup()
    await chooseServer(popup, server.address)
    code = seats.length === 0 ? await startRoom(popup, name) : await joinRoom(popup, name, code)
    await popup.close()
    seats.push({ browser, name })
  }
  const [host, guest] = seats
  if (!host || !guest) throw new Error('Two browsers are needed.')
  await clickPicture(host.browser.page)
  await clickChapter(host.browser.page, 30)
  // A pointer that has left the picture takes the browsers' own controls with it.
  for (const { browser } of seats) for (const place of ['video', 'h1']) await browser.page.hover(place)
  const folder = await mkdtemp(join(tmpdir(), 'tutti-pictures-'))
  try {
    const popups = [await host.browser.openPopup(), await guest.browser.openPopup()]
    for (const popup of popups) await untilPeople(popup, 'both are in time', areInTime)
    await until(
      'the controls have faded from the picture',
      async () => (await readPlayer(host.browser.page)).positionSec > 37.4,
    )
    const names = ['left.png', 'right.png', 'left-popup.png', 'right-popup.png']
    const [left = '', right = '', ...overs] = names.map((name) => join(folder, name))
    await Promise.all([
      host.browser.page.screenshot({ path: left }),
      guest.browser.page.screenshot({ path: right }),
      ...popups.map((popup, index) => popup.screenshot(overs[index] ?? '')),
    ])
    for (const popup of popups) await popup.close()
    await compose(host.browser, [left, right, ...overs])
  } finally {
    await rm(folder, { recursive: true })
  }
  taken.push({
    file: 'running',
    what: `${host.browser.version} and ${guest.browser.version} in one room, with Tutti’s popup open in both. Pages and popups were taken at one moment while the film played; the window frames are drawn around them`,
  })
}

/** @param {DrivenBrowser} browser @param {readonly string[]} paths of both pages, then of both popups */
async function compose(browser, paths) {
  const [left, right, leftPopup, rightPopup] = await Promise.all(
    paths.map(async (path) => `<img src="data:image/png;base64,${await readFile(path, 'base64')}">`),
  )
  const bar = '<div class="bar"><i></i><i></i><i></i></div>'
  const page = await browser.newPage()
  await page.setViewport({ width: 2096, height: 668 })
  await page.setContent(`<style>
    body { margin: 0; height: 668px; background: linear-gradient(#2b3040, #171a24); display: flex; gap: 32px; padding: 32px; box-sizing: border-box }
    .window { position: relative; flex: 1; border-radius: 10px; overflow: hidden; box-shadow: 0 12px 40px #0008; background: #0b0c11 }
    .bar { height: 34px; background: #23262f; display: flex; align-items: center; gap: 7px; padding: 0 14px }
    .bar i { width: 11px; height: 11px; border-radius: 50%; background: #444956 }
    .window img { display: block }
    .over { position: absolute; top: 42px; right: 8px; border-radius: 8px; overflow: hidden; box-shadow: 0 8px 32px #000c, 0 0 0 1px #343948 }
  </style>
  <div class="window">${bar}${left}<div class="over">${leftPopup}</div></div>
  <div class="window">${bar}${right}<div class="over">${rightPopup}</div></div>`)
  await page.screenshot({ path: join(FOLDER, 'running.png') })
  await page.close()
}

/** @param {readonly string[]} versions */
function caption(versions) {
  const popups = taken.filter(({ file }) => file.startsWith('popup-'))
  const running = taken.find(({ file }) => file === 'running')
  const date = new Date().toISOString().slice(0, 10)
  const machine = `${type()} ${release()} ${arch()}, ${cpus().length} × ${cpus()[0]?.model ?? 'processor'}`
  return `# Pictures

Made by \`npm run pictures\` on ${date}, on ${machine}, with ${versions.join(', ')} and Node ${process.versions.node}.
All are of the real extension over real pages, in browsers without windows; nothing is mocked.

![Tutti running](running.png)

${running?.what}.

| state | light | dark |
|---|---|---|
${popups.map(({ file, what }) => `| ${what} | ![](${file}-light.png) | ![](${file}-dark.png) |`).join('\n')}
`
}

await runMain(async () => {
  await setUp({ browsers: ['chromium', 'firefox'], build: true })
  const { launch } = await import('./drive/launch.mjs')
  const { closeAll } = await import('./start/hall.mjs')
  await mkdir(FOLDER, { recursive: true })
  /** @type {{ close(): Promise<void> }[]} */
  const opened = []
  try {
    const done = step('Taking pictures of the popup')
    const host = await launch('chromium')
    opened.push(host)
    const guest = await launch('firefox')
    opened.push(guest)
    const versions = [host.version, guest.version]
    await takePopups(host, guest, opened)
    await closeAll(opened)
    done()
    const doneRunning = step('Taking the picture of the README')
    await takeRunning(opened)
    doneRunning()
    await writeFile(join(FOLDER, 'README.md'), caption(versions))
  } finally {
    await closeAll(opened)
  }
})
