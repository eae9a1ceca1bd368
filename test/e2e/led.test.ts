/** From one film to the next, in a real browser: the tab goes along with the room, or stays and is brought back. */
import { describe, expect, it } from 'vitest'
import { openFilm, untilPlaying } from '../../scripts/drive/film-page.mjs'
import { joinRoom, part } from '../../scripts/drive/tutti-popup.mjs'
import { until } from '../../scripts/drive/until.mjs'
import { watchedClient } from '../doubles/watched-client'
import { inPopup, setStage } from './stage'

describe('when the room turns to another film', () => {
  const stage = setStage(['chromium'])

  it('[E103] the tab is led there and follows; one that stays is elsewhere, until a click', async () => {
    const { server, film } = stage
    const anna = stage.guest(0)
    const { client } = watchedClient()
    client.enter({
      server: server.address,
      name: 'Ben',
      door: {
        kind: 'new',
        create: {
          type: 'create',
          control: 'everyone',
          whenHostLeaves: 'pass',
          media: { content: { address: `${film.address}/film.html`, title: 'One' } },
          positionSec: 0,
          rate: 1,
          playing: false,
        },
      },
    })
    const room = await until('Ben is in', () => {
      const state = client.state()
      return state.kind === 'in-room' ? state.room : undefined
    })
    const isElsewhere = () => {
      const state = client.state()
      const her = state.kind === 'in-room' && state.room.members.find(({ shown }) => shown.name === 'Anna')
      return her && her.suspension?.reason === 'elsewhere'
    }
    const turnTo = (name: string) =>
      client.command({
        type: 'set-media',
        media: { content: { address: `${film.address}/film.html?${name}`, title: name } },
      })
    const isAt = (name: string) => anna.page.url().endsWith(`?${name}`)
    await openFilm(anna.page, film.address)
    await inPopup(anna, (popup) => joinRoom(popup, 'Anna', room.code))

    expect(await turnTo('two')).toBeUndefined()
    await until('her tab is led', () => isAt('two'))
    await until('her player is there', () => isElsewhere() === false)
    await client.command({ type: 'play', positionSec: 5 })
    await untilPlaying(anna.page, true)

    await inPopup(anna, (popup) => popup.click(part('goes-along')))
    expect(await turnTo('three')).toBeUndefined()
    await until('she is elsewhere', () => isElsewhere())
    expect(isAt('two')).toBe(true)
    await anna.browser.willAllow(`${new URL(film.address).protocol}//127.0.0.1/*`)
    await inPopup(anna, async (popup) => {
      await popup.click(part('go-there'))
      await until('she is where the room is', () => isAt('three'))
    })
    await until('and with them', () => isElsewhere() === false)
    client.leave()
  })
})
