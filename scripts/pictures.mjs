/**
 * `npm run pictures`: docs/pictures anew. Every state of the popup, from the real popup over a real page, and the page of
 * notes, in light and dark; and the README's picture. Says in docs/pictures/README.md how they were made.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { arch, cpus, release, type } from 'node:os'
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
        (document, wanted) =>
          document.defaultView?.matchMedia(`(prefers-color-scheme: ${wanted})`).matches === true &&
          document
            .getAnimations()
            .every(({ effect }) => effect?.getComputedTiming().endTime === Number.POSITIVE_INFINITY),
        scheme,
      ),
    )
    await writeFile(join(FOLDER, `popup-${name}-${scheme}.png`), await popup.screenshot())
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

/**
 * @param {{ host: DrivenBrowser, guest: DrivenBrowser, shy: DrivenBrowser }} people who is shy plays only after a click
 * @param {{ close(): Promise<void> }[]} opened
 */
async function takePopups({ host, guest, shy }, opened) {
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
  await untilPeople(popup, 'the player has spoken', ([only]) => only !== undefined && only.status !== 'no-report')
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
  await popup.click(part('patience-open'))
  await popup.waitFor(`${part('patience-open')}[aria-expanded=true]`)
  await picture(host, popup, 'patience', 'How long the room waits and for what, unfolded by the host')
  await popup.close()
  guestPopup = await guest.openPopup()
  await untilPeople(guestPopup, 'both are in time for the member too', areInTime)
  await picture(guest, guestPopup, 'in-room-member', 'In a room, as a member sees it (Firefox)')
  await guestPopup.close()
  popup = await host.openPopup()
  await popup.click(`label:has(${part('control-host')})`)
  await popup.close()
  guestPopup = await guest.openPopup()
  await guestPopup.waitForText('The host controls')
  await picture(
    guest,
    guestPopup,
    'host-controls',
    'In a room where only the host controls, as a member sees it (Firefox)',
  )
  await guestPopup.close()

  await shy.page.goto(`${film.address}/film.html`)
  const shyPopup = await shy.openPopup()
  await chooseServer(shyPopup, server.address)
  await joinRoom(shyPopup, 'Gentle Heron', code)
  await shyPopup.waitForText('Press play once')
  await picture(shy, shyPopup, 'needs-click', 'The browser wants a click before it plays (Firefox)')
  await shyPopup.click(part('leave'))
  await shyPopup.close()

  popup = await host.openPopup()
  await untilPeople(popup, 'both go on', areInTime)
  await server.stop()
  await popup.waitFor(part('lost'))
  await picture(host, popup, 'lost', 'The connection is lost and tried again')
  await popup.close()

  for (const person of [host, guest]) {
    popup = await person.openPopup()
    await popup.click(part('leave'))
    await popup.waitFor(part('join-text'))
    await popup.close()
  }
  const { takeEvening } = await import('./evening-pictures.mjs')
  const evening = await startRoomServer()
  opened.push(evening)
  await takeEvening({ host, guest }, { server: evening.address, film: film.address }, picture)
  const at = { server: evening.address, film: film.address, folder: FOLDER }
  const tell = (/** @type {{ file: string, what: string }} */ each) => {
    taken.push(each)
    console.log(`  ${each.file}`)
  }
  const { takePerson } = await import('./person-pictures.mjs')
  await takePerson({ host, guest }, at, picture, tell)
  const { takeNotes } = await import('./notes-pictures.mjs')
  await takeNotes({ host, guest }, at, tell)
  {
    popup = await host.openPopup()
    if (await popup.exists(part('leave'))) await popup.click(part('leave'))
    await popup.waitFor(part('join-text'))
    await popup.close()
  }
  const { takeForeign } = await import('./foreign-pictures.mjs')
  await takeForeign(host, film.address, picture)
}

/** By the same hands as `npm start -- --seconds N --picture FILE`. @param {string | undefined} fontConfig @param {{ close(): Promise<void> }[]} opened */
async function takeRunning(fontConfig, opened) {
  const { clickChapter, clickPicture } = await import('./drive/film-page.mjs')
  const { fillHall } = await import('./start/hall.mjs')
  const { takePicture } = await import('./start/picture.mjs')
  const seats = await fillHall(['chromium', 'firefox'], opened, { headless: true, ...(fontConfig && { fontConfig }) })
  const [host] = seats
  if (!host) throw new Error('Nobody is here to take a picture of.')
  await clickPicture(host.browser.page)
  await clickChapter(host.browser.page, 30)
  const frames = await takePicture(seats, join(FOLDER, 'running.png'))
  const versions = seats.map(({ browser }) => browser.version).join(' and ')
  const shown = new Set(frames).size === 1 ? `both on frame ${frames[0]}` : `on frames ${frames.join(' and ')}`
  return `${versions} in one room while the film plays, ${shown}, and the popup of the first. The frames of the windows are drawn, and the players’ own controls are hidden for the picture`
}

/** @param {readonly string[]} versions @param {string} font @param {string} running what its picture shows */
function caption(versions, font, running) {
  const date = new Date().toISOString().slice(0, 10)
  const machine = `${type()} ${release()} ${arch()}, ${cpus().length} × ${cpus()[0]?.model ?? 'processor'}`
  return `# Pictures

Made by \`npm run pictures\` on ${date}, on ${machine}, with ${versions.join(', ')} and Node ${process.versions.node}.
All are of the real extension over real pages, in browsers without windows; nothing is mocked. The font is ${font}; people see their system’s.

![Tutti running](running.png)

${running}.

| state | light | dark |
|---|---|---|
${taken.map(({ file, what }) => `| ${what} | ![](${file}-light.png) | ![](${file}-dark.png) |`).join('\n')}
`
}

await runMain(async () => {
  await setUp({ browsers: ['chromium', 'firefox'], build: true })
  const { preparePictureFont } = await import('./picture-font.mjs')
  const { launch } = await import('./drive/launch.mjs')
  const { closeAll } = await import('./start/hall.mjs')
  await mkdir(FOLDER, { recursive: true })
  /** @type {{ close(): Promise<void> }[]} */
  const opened = []
  const font = await preparePictureFont()
  const { fontConfig } = font
  try {
    const done = step('Taking pictures of the popup')
    const wish = fontConfig ? { fontConfig } : {}
    const host = await launch('chromium', wish)
    opened.push(host)
    const guest = await launch('firefox', wish)
    opened.push(guest)
    const shy = await launch('firefox', { ...wish, autoplay: false })
    opened.push(shy)
    const versions = [host.version, guest.version]
    await takePopups({ host, guest, shy }, opened)
    await closeAll(opened)
    done()
    const running = await takeRunning(fontConfig, opened)
    await writeFile(join(FOLDER, 'README.md'), caption(versions, font.name, running))
  } finally {
    await closeAll(opened)
    await font.close()
  }
})
