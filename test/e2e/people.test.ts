/** Who may do what, who leads when somebody leaves, and what is left behind. */
import { beforeEach, describe, expect, it } from 'vitest'
import { clickChapter, clickPicture, type Page, readPlayer, untilPlaying } from '../../scripts/drive/film-page.mjs'
import { part, untilPeople } from '../../scripts/drive/tutti-popup.mjs'
import { until } from '../../scripts/drive/until.mjs'
import { fresh, inPopup, meet, setStage, untilTogether } from './stage'

describe('people in a room', () => {
  const stage = setStage(['chromium', 'firefox'])
  beforeEach(() => fresh(stage))

  it('[E30] when the host leaves, the next leads, and the popup shows it', async () => {
    await meet(stage)
    const [host, next] = [stage.guest(0), stage.guest(1)]
    const popup = await next.browser.openPopup()
    await untilPeople(popup, 'Anna leads', (people) => people.some(({ name, isHost }) => name === 'Anna' && isHost))
    await inPopup(host, async (own) => {
      await own.click(part('leave'))
      await own.waitFor(part('join-text'))
    })
    await untilPeople(popup, 'Ben leads', ([only, ...rest]) => rest.length === 0 && only?.name === 'Ben' && only.isHost)
    await popup.waitFor(part('control-host'))
    await popup.close()
  })

  it('[E31] under host control a member’s click is taken back, and the popup says who controls', async () => {
    await meet(stage)
    const [host, member] = [stage.guest(0), stage.guest(1)]
    await clickPicture(host.page)
    await untilTogether(host.page, member.page)
    await inPopup(host, async (popup) => {
      await popup.click(`label:has(${part('control-host')})`)
      await until('the host controls', () =>
        popup.read(
          (document) => document.querySelector<HTMLInputElement>('[data-testid="control-host"]')?.checked === true,
          null,
        ),
      )
    })
    const popup = await member.browser.openPopup()
    await until('the member has no controls', async () => !(await popup.exists(part('pause'))))
    await popup.waitForText('The host controls')
    await popup.close()
    await clickPicture(member.page)
    await untilPlaying(member.page, false)
    expect((await readPlayer(host.page)).paused).toBe(false)
    await untilPlaying(member.page, true)
    await untilTogether(host.page, member.page)
    expect((await readPlayer(host.page)).paused).toBe(false)
  })

  it('[E32] leaving leaves the player and the page as they were found, and nothing of ours acts on', async () => {
    const [host, member] = [stage.guest(0), stage.guest(1)]
    for (const { page } of stage.guests) await page.evaluate(prepare)
    const before = await Promise.all(stage.guests.map(({ page }) => page.evaluate(lookAround)))
    expect(before.map(({ rate }) => rate)).toEqual([1.25, 1.25])
    await meet(stage)
    await clickPicture(host.page)
    await untilTogether(host.page, member.page)
    for (const [index, guest] of stage.guests.entries()) {
      await inPopup(guest, (popup) => popup.click(part('leave')))
      await until(`${guest.name} has the page back`, async () => {
        expect(await guest.page.evaluate(lookAround)).toEqual(before[index])
        return true
      })
    }

    // Who has left acts alone, and is not acted upon: first one, with the other in a room again; then the other way round.
    for (const [left, stays] of [
      [host, member],
      [member, host],
    ] as const) {
      await fresh(stage)
      await meet(stage)
      await clickPicture(stays.page)
      await untilTogether(left.page, stays.page)
      await inPopup(left, (popup) => popup.click(part('leave')))
      const popup = await stays.browser.openPopup()
      await untilPeople(popup, 'one has left', (people) => people.length === 1)
      await untilPlaying(left.page, true)
      await clickPicture(left.page)
      await untilPlaying(left.page, false)
      await clickChapter(left.page, 90)
      await untilAt(left.page, 90)
      // The room went on: it neither paused nor skipped with who has left.
      expect(await readPlayer(stays.page)).toMatchObject({ paused: false })
      await popup.click(part('pause'))
      await popup.waitForText('You paused')
      await untilPlaying(stays.page, false)
      expect((await readPlayer(stays.page)).positionSec).toBeLessThan(60)
      await popup.close()
      await clickChapter(stays.page, 60)
      await untilAt(stays.page, 60)
      expect(await readPlayer(left.page)).toMatchObject({ positionSec: 90, paused: true, rate: 1 })
    }
  })
})

/** A page with settings and a handler of its own. */
function prepare(): void {
  const video = document.querySelector('video')
  if (!video) return
  Object.assign(video, { playbackRate: 1.25, preservesPitch: true, volume: 0.5 })
  video.setAttribute('data-page', 'own')
  const onPlay = () => {}
  Reflect.set(video, 'onplay', onPlay)
  Reflect.set(window, 'isOwnHandler', () => video.onplay === onPlay)
}

/** Everything that a page could notice of us. */
function lookAround() {
  const video = document.querySelector('video')
  if (!video) throw new Error('There is no video on this page.')
  return {
    rate: video.playbackRate,
    defaultRate: video.defaultPlaybackRate,
    pitch: video.preservesPitch,
    volume: video.volume,
    muted: video.muted,
    isOwnHandler: Reflect.get(window, 'isOwnHandler')(),
    document: document.documentElement.outerHTML,
    sheets: [...document.styleSheets].map(({ href }) => href).concat(document.adoptedStyleSheets.map(() => 'adopted')),
    style: getComputedStyle(video).cssText,
    shadows: [...document.querySelectorAll('*')].filter(({ shadowRoot }) => shadowRoot).length,
    globals: Object.getOwnPropertyNames(window).sort(),
  }
}

function untilAt(page: Page, positionSec: number): Promise<unknown> {
  return until(`the player stands at ${positionSec} s`, async () => {
    const player = await readPlayer(page)
    return player.paused && Math.abs(player.positionSec - positionSec) < 0.05
  })
}
