/** Who may do what, who leads when somebody leaves, and what is left behind. */
import { beforeEach, describe, expect, it } from 'vitest'
import { clickPicture, readPlayer, untilPlaying } from '../../scripts/drive/film-page.mjs'
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

  it('[E32] leaving gives the player back as it was found: rate and pitch', async () => {
    const [host, member] = [stage.guest(0), stage.guest(1)]
    for (const { page } of stage.guests)
      await page.evaluate(() => {
        const video = document.querySelector('video')
        if (video) Object.assign(video, { playbackRate: 1.25, preservesPitch: true })
      })
    await meet(stage)
    await clickPicture(host.page)
    await untilTogether(host.page, member.page)
    for (const guest of stage.guests) {
      await inPopup(guest, (popup) => popup.click(part('leave')))
      await until(`${guest.name} has rate and pitch back`, () =>
        guest.page.evaluate(() => {
          const video = document.querySelector('video')
          return video?.playbackRate === 1.25 && video.preservesPitch
        }),
      )
    }
  })
})
