/**
 * The extension in rooms of other systems: our own server on each of its wires, through the real popup, with somebody of our own wire in the
 * same room who sees what came of it. What can be done there is held to docs/figures/systems.json.
 */
import { afterEach, describe, expect, it } from 'vitest'
import { clickRate, openFilm, readPlayer, untilPlaying } from '../../scripts/drive/film-page.mjs'
import type { Popup } from '../../scripts/drive/popup.mjs'
import { part, people } from '../../scripts/drive/tutti-popup.mjs'
import { until } from '../../scripts/drive/until.mjs'
import type { PublicRoom } from '../../src/core/room/room'
import { latestLine, positionAt } from '../../src/core/timeline'
import { type Watched, watchedClient } from '../doubles/watched-client'
import { type Column, KEEPS, keepRow, keptRow, type Row } from './foreign/cells'
import { enter, paste, willAllowServer } from './foreign/door'
import { type Account, SYSTEMS, type System } from './foreign/systems'
import { inPopup, setStage } from './stage'

const stage = setStage(['chromium'])
const anna = () => stage.guest(0)
let bens: Watched[] = []

afterEach(async () => {
  await inPopup(anna(), async (popup) => {
    await popup.waitFor(`${part('join-text')}, ${part('leave')}, ${part('connecting')}`)
    if (await popup.exists(part('connecting'))) await popup.click(`${part('connecting')} button`)
    else if (await popup.exists(part('leave'))) await popup.click(part('leave'))
    await popup.waitFor(part('join-text'))
  })
  for (const { client } of bens) client.leave()
  bens = []
})

/** Somebody on our own wire, in a room with the film. */
async function ben() {
  const watched = watchedClient()
  bens.push(watched)
  const { client } = watched
  client.enter({
    server: stage.server.address,
    name: 'Ben',
    door: {
      kind: 'new',
      create: {
        type: 'create',
        control: 'everyone',
        whenHostLeaves: 'pass',
        positionSec: 0,
        rate: 1,
        playing: false,
      },
    },
  })
  await until('Ben is in', () => {
    const state = client.state()
    if (state.kind !== 'in-room') throw new Error(JSON.stringify(state))
    return true
  })
  const media = { content: { address: `${stage.film.address}/film.html`, title: 'Film' } }
  expect(await client.command({ type: 'set-media', media })).toBeUndefined()
  expect(await client.command({ type: 'seek', positionSec: 40 })).toBeUndefined()
  const room = (): PublicRoom => {
    const state = client.state()
    if (state.kind !== 'in-room') throw new Error(`Ben is ${state.kind}`)
    return state.room
  }
  const positionSec = () => positionAt(latestLine(room().timeline), Date.now())
  /** Her seat. */
  const anna = () => room().members.find(({ dialect }) => dialect !== 'tutti')
  return { client, room, positionSec, anna }
}

type Ben = Awaited<ReturnType<typeof ben>>

async function signUp(server: string): Promise<Account> {
  const account = { email: 'anna@mail.example', password: 'open sesame' }
  const init = await fetch(`${server}/_/mobile/init`)
  const cookie = init.headers.get('set-cookie')?.split(';')[0] ?? ''
  const { data } = (await init.json()) as { data: readonly { c: string }[] }
  await fetch(`${server}/_/users/signup`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ csrf: data[0]?.c, username: 'Anna', ...account }),
  })
  return account
}

/** Does it, and waits until Ben sees it; false where the popup does not offer it. */
async function offered(popup: Popup, selector: string, then: () => Promise<unknown>): Promise<boolean> {
  if (!(await popup.exists(selector))) return false
  await popup.click(selector)
  await then()
  return true
}

async function say(popup: Popup, who: Ben): Promise<boolean> {
  if (!(await popup.exists(part('tab-chat')))) return false
  await popup.click(part('tab-chat'))
  if (!(await popup.exists(part('chat-text')))) return false
  await popup.type(part('chat-text'), 'Good evening')
  await popup.click(part('chat-send'))
  await until('Ben hears it', () => who.room().chat.some(({ content }) => content.text === 'Good evening'))
  return true
}

async function queues(popup: Popup, who: Ben, system: System): Promise<boolean> {
  if (!(await popup.exists(part('tab-queue')))) return false
  await popup.click(part('tab-queue'))
  if (!(await popup.exists(part('queue-address')))) return false
  const address = system.plays ?? `${stage.film.address}/film.webm`
  if (await popup.exists(part('join-booth'))) {
    // There one's list is one's own, and what it is for is one's turn.
    await popup.click(part('booth-list'))
    await popup.type(part('booth-addresses'), address)
    await popup.click(part('join-booth'))
    await until('she is in the line', () => {
      const { booth, media } = who.room()
      const id = who.anna()?.id ?? ''
      return media?.content.address === address || booth.playing === id || booth.waiting.includes(id)
    })
    return true
  }
  await popup.type(part('queue-address'), address)
  await popup.click(part('queue-add'))
  await until('Ben sees it in the queue', () =>
    who.room().queue.items.some(({ content }) => content.address === address),
  )
  return true
}

/** The speed is changed in the page; where the wire has no word for it the player goes back to the room's. */
async function changesRate(who: Ben): Promise<boolean> {
  await clickRate(anna().page, 1.5)
  const isEverybodys = await until(
    'the speed is everybody’s',
    () => latestLine(who.room().timeline).rate === 1.5,
    5_000,
  ).catch(() => false)
  if (isEverybodys) {
    // Wires may have to rest between two changes.
    await untilRate(1.5)
    await clickRate(anna().page, 1)
    await until('and back', () => latestLine(who.room().timeline).rate === 1)
  }
  return isEverybodys
}

function untilRate(rate: number): Promise<unknown> {
  return until(`her player plays at ${rate}`, async () => Math.abs((await readPlayer(anna().page)).rate - rate) < 0.1)
}

async function findOut(system: System, who: Ben): Promise<Row> {
  const { server, film } = stage
  const { page, browser } = anna()
  const row: Row = {}
  const found = (column: Column, is: boolean): void => {
    row[column] = is
  }
  const account = system.hasAccounts ? await signUp(server.address) : undefined
  await willAllowServer(browser)
  await openFilm(page, film.address)
  let popup = await browser.openPopup()
  const { code } = who.room()
  const host = new URL(server.address).host
  found(
    'recognised',
    (await paste(popup, system.pasted(server.address, code))) === `${system.name} room ${code}At ${host}`,
  )
  await enter(popup, system, 'Anna', account)
  await until('Ben sees her', () => who.anna()?.dialect === system.dialect)
  found('joined', true)
  expect(await popup.text(part('foreign-name'))).toContain(system.name)
  await until('both are listed', async () => (await people(popup)).length === 2)
  found('people', true)

  const lead = { type: 'set-role', memberId: who.anna()?.id ?? '', role: 'host' } as const
  expect(await who.client.command(lead)).toBeUndefined()
  await until('she may what is to be had', () => who.anna()?.role === 'host')
  await until(
    'her popup knows',
    async () => (await people(popup)).some(({ isSelf, isHost }) => isSelf && isHost),
    4_000,
  ).catch(() => undefined)

  found(
    'play',
    await offered(popup, part('play'), () => until('it plays', () => latestLine(who.room().timeline).playing)),
  )
  if (!row.play) await who.client.command({ type: 'play', positionSec: who.positionSec() })
  if (!system.knowsNoFilm) await untilPlaying(page, true)
  const before = who.positionSec()
  found('seek', await offered(popup, part('back10'), () => until('it is before', () => who.positionSec() < before - 5)))
  await popup.close()
  found('rate', !system.knowsNoFilm && (await changesRate(who)))
  popup = await browser.openPopup()
  await popup.waitFor(part('foreign-place'))
  found(
    'pause',
    await offered(popup, part('pause'), () => until('it stands', () => !latestLine(who.room().timeline).playing)),
  )
  found('chat', await say(popup, who))
  found('queue', await queues(popup, who, system))

  await server.stop()
  await popup.waitFor(part('lost'))
  await server.startAgain()
  await until(
    'both are back',
    async () => {
      if (who.client.state().kind !== 'in-room' || !who.anna()) throw new Error(await popup.allText())
      return true
    },
    // Where so many requests a minute are taken and no more, one waits before one asks again.
    100_000,
  )
  await until('and her popup shows it', async () => !(await popup.exists(part('lost'))), 40_000)
  found('reconnect', true)
  await popup.close()
  return row
}

describe('a room of another system, at our server', () => {
  it.each(SYSTEMS)(
    '[E100] $name: what can be done there is what README says',
    async (system) => {
      const row = await findOut(system, await ben())
      if (KEEPS) keepRow(system.dialect, row)
      expect(row).toEqual(keptRow(system.dialect))
    },
    200_000,
  )
})
