/**
 * The extension, through the real popup, at servers that behave as the living ones do where those differ from their documents: late, doubled and
 * shuffled frames, odd types, a sudden close. It has to be in, to follow who leads there, to come back, and to send nothing that harms.
 */
import { afterEach, describe, expect, it } from 'vitest'
import { openFilm, readPlayer, untilPlaying } from '../../scripts/drive/film-page.mjs'
import { part } from '../../scripts/drive/tutti-popup.mjs'
import { until } from '../../scripts/drive/until.mjs'
import { enter, paste, willAllowServer } from './foreign/door'
import { type Leader, PARTIES, type Party } from './foreign/parties'
import { SYSTEMS } from './foreign/systems'
import { inPopup, setStage } from './stage'

const stage = setStage(['chromium'])
let party: Party | undefined

afterEach(async () => {
  await inPopup(stage.guest(0), async (popup) => {
    await popup.waitFor(`${part('join-text')}, ${part('leave')}, ${part('connecting')}`)
    if (await popup.exists(part('connecting'))) await popup.click(`${part('connecting')} button`)
    else if (await popup.exists(part('leave'))) await popup.click(part('leave'))
    await popup.waitFor(part('join-text'))
  })
  await party?.stop()
  party = undefined
})

/** As far as such wires go; how exact each is, is measured elsewhere. */
const NEAR_SEC = 2.5

/** Her player goes where theirs goes. */
async function followsThem(leader: Leader): Promise<() => Promise<boolean>> {
  const { page } = stage.guest(0)
  const isNear = async () => {
    const { positionSec } = await readPlayer(page)
    const theirs = leader.positionSec()
    if (Math.abs(positionSec - theirs) > NEAR_SEC) throw new Error(JSON.stringify({ positionSec, theirs }))
    return true
  }
  leader.seek(40)
  leader.play()
  await untilPlaying(page, true)
  await until('she is where they are', isNear)
  leader.seek(80)
  await until('she is where they went', async () => leader.positionSec() > 75 && (await isNear()))
  leader.pause()
  await untilPlaying(page, false)
  await until('she stands where they stand', isNear)
  return isNear
}

describe('a room of another system, at a server like the living ones', () => {
  it.each(SYSTEMS)(
    '[E101] $name: in, along with who leads there, back after a sudden close, without a harm',
    async (system) => {
      const { browser, page } = stage.guest(0)
      party = await PARTIES[system.dialect]()
      const { server, quirks, address, room, leader } = party
      await willAllowServer(browser)
      await openFilm(page, stage.film.address)
      const popup = await browser.openPopup()
      expect(await paste(popup, system.pasted(address, room))).toContain(`${system.name} room ${room}`)
      await enter(popup, system, 'Anna')
      expect(await popup.text(part('foreign-name'))).toContain(system.name)
      const isNear = leader && (await followsThem(leader))
      // Numbers as text, fields that nobody knows: what can't be read is left aside, and what comes after it counts.
      quirks.oddTypes = true
      const said = server.said.length
      leader?.seek(20)
      leader?.play()
      if (leader) await until('odd things were said', () => server.said.length > said + 1)
      // Two acts in the wrong order are another act: the last ones come as they were said.
      Object.assign(quirks, { oddTypes: false, reordered: 0, duplicated: 0 })
      if (leader && isNear) {
        leader.pause()
        await untilPlaying(page, false)
        leader.play()
        await untilPlaying(page, true)
        await until('she follows on', isNear)
      }
      // Hers alone: where the leader goes, some rooms are over.
      ;[...server.guests].at(-1)?.close(1012)
      await popup.waitFor(part('lost'))
      await until(
        'she is back',
        async () => !(await popup.exists(part('lost'))) && (await popup.exists(part('foreign-place'))),
        40_000,
      )
      await popup.click(part('leave'))
      await popup.waitFor(part('join-text'))
      await popup.close()
      expect(server.harms).toEqual([])
    },
    120_000,
  )
})
