/** Two people with two browsers and one server, who know each other beyond a room. Each test goes on where the last one left. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { goTo, openPersonPage, untilSaysThere } from '../../scripts/drive/person-page.mjs'
import { addAddress, openTab, unfold, unfoldPerson } from '../../scripts/drive/room-popup.mjs'
import { part, untilInRoom } from '../../scripts/drive/tutti-popup.mjs'
import { until } from '../../scripts/drive/until.mjs'
import { inPopup, meet, setStage } from './stage'

type Opened = Awaited<ReturnType<typeof openPersonPage>>

describe('two people who know each other', () => {
  const stage = setStage(['chromium', 'chromium'])
  const downloads = mkdtempSync(join(tmpdir(), 'tutti-downloads-'))
  let anna: Opened
  let ben: Opened
  let code = ''

  beforeAll(async () => {
    code = await meet(stage)
  })
  afterAll(() => rmSync(downloads, { recursive: true, force: true }))

  it('[YE40] one asks in the popup, the other says yes on the page; each sees the other there', async () => {
    await inPopup(stage.guest(0), async (popup) => {
      await openTab(popup, 'people')
      await unfoldPerson(popup, 'Ben')
      await popup.click(part('ask-friend'))
    })
    await inPopup(stage.guest(1), (popup) => popup.waitFor(`${part('you')} .badge`))
    ben = await openPersonPage(stage.guest(1).browser)
    await ben.you.waitFor(`${part('go-friends')}[aria-current]`)
    await untilSaysThere(ben.you, part('request'), 'Anna')
    await ben.you.click(part('accept'))
    await untilSaysThere(ben.you, part('friend'), 'online')
    anna = await openPersonPage(stage.guest(0).browser)
    await goTo(anna.you, 'friends')
    await untilSaysThere(anna.you, part('friend'), 'online')
    expect(await anna.you.texts(`${part('friend')} .name`)).toEqual(['Ben'])
    expect(await ben.you.exists(part('join-friend'))).toBe(false)
  })

  it('[YE41] who lets friends see where they are is seen there, and followed by a click', async () => {
    await goTo(anna.you, 'profile')
    await anna.you.click(part('tells-where'))
    await untilSaysThere(ben.you, part('seen'), 'online · in this room')
    await inPopup(stage.guest(1), async (popup) => {
      await popup.click(part('leave'))
      await popup.waitFor(part('join-text'))
    })
    await ben.page.bringToFront()
    await untilSaysThere(ben.you, part('seen'), `online · in ${code}`)
    await ben.you.click(part('join-friend'))
    await untilSaysThere(ben.you, part('seen'), 'online · in this room')
    await inPopup(stage.guest(1), async (popup) => expect(await untilInRoom(popup)).toBe(code))
  })

  it('[YE42] they write to each other, and what is new shows until it is looked at', async () => {
    await anna.page.bringToFront()
    await goTo(anna.you, 'messages')
    await goTo(anna.you, 'friends')
    await anna.you.click(part('write'))
    await anna.you.type(part('message-text'), 'The lighthouse, at nine?')
    await anna.you.press('Enter')
    await untilSaysThere(anna.you, part('message'), 'The lighthouse, at nine?')
    await ben.page.bringToFront()
    await ben.you.waitFor(part('waits-messages'))
    await inPopup(stage.guest(1), (popup) => popup.waitFor(`${part('you')} .badge`))
    await ben.page.bringToFront()
    await goTo(ben.you, 'messages')
    await untilSaysThere(ben.you, part('message'), 'The lighthouse, at nine?')
    await until('nothing is new any more', async () => !(await ben.you.exists(part('waits-messages'))))
    await ben.you.type(part('message-text'), 'At nine.')
    await ben.you.press('Enter')
    await untilSaysThere(anna.you, part('message'), 'At nine.')
  })

  it('[YE43] the queue becomes a playlist, which is changed and chosen on the page', async () => {
    const addresses = ['boat', 'midnight'].map((name) => `${stage.film.address}/film.html?${name}`)
    await inPopup(stage.guest(0), async (popup) => {
      await openTab(popup, 'queue')
      for (const address of addresses) await addAddress(popup, address)
      await unfold(popup, 'playlists')
      await popup.type(part('save-queue-name'), 'Friday films')
      await popup.click(part('save-queue'))
    })
    await anna.page.bringToFront()
    await goTo(anna.you, 'playlists')
    await untilSaysThere(anna.you, part('playlist'), 'Items: 2')
    await anna.you.type(part('playlist-new'), 'For rainy days')
    await anna.you.press('Enter')
    await untilSaysThere(anna.you, part('playlist'), 'For rainy days')
    expect(await anna.you.texts(`${part('playlist')}[data-active=true] .name`)).toEqual(['Friday films'])
    await anna.you.click(`${part('playlist')}:nth-child(2) ${part('playlist-open')}`)
    await anna.you.click(part('playlist-import'))
    await until('two are in it', async () => (await anna.you.texts(part('playlist-item'))).length === 2)
    const before = await anna.you.texts(`${part('playlist-item')} .name`)
    await anna.you.click(`${part('playlist-item')}:nth-child(1) ${part('item-down')}`)
    await until('they are the other way round', async () => {
      const now = await anna.you.texts(`${part('playlist-item')} .name`)
      return now.join() === before.toReversed().join()
    })
    await anna.you.click(part('playlist-activate'))
    await anna.you.waitFor(`${part('playlist-activate')}[aria-pressed=true]`)
    await anna.you.click(part('playlist-close'))
    expect(await anna.you.texts(`${part('playlist')}[data-active=true] .name`)).toEqual(['For rainy days'])
  })

  it('[YE44] who is blocked is a friend no more, and nothing of theirs arrives', async () => {
    await ben.page.bringToFront()
    await ben.you.click(part('conversation-more'))
    await ben.you.click(part('block'))
    await goTo(ben.you, 'blocked')
    await untilSaysThere(ben.you, part('blocked'), 'Anna')
    await goTo(anna.you, 'friends')
    await anna.you.waitForText('No friends yet')
    await goTo(anna.you, 'messages')
    await anna.page.bringToFront()
    await anna.you.type(part('message-text'), 'Are you there?')
    await anna.you.press('Enter')
    await untilSaysThere(anna.you, part('message'), 'Are you there?')
    await ben.page.bringToFront()
    await goTo(ben.you, 'blocked')
    await ben.you.click(part('unblock'))
    await ben.you.waitForText('Nobody is blocked')
    await goTo(ben.you, 'messages')
    expect(await ben.you.texts(part('message'))).toHaveLength(2)
  })

  it('[YE45] everything is saved as a file, and is gone when it is deleted', async () => {
    const session = await anna.page.createCDPSession()
    await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: downloads })
    await anna.page.bringToFront()
    await goTo(anna.you, 'data')
    await anna.you.click(part('export'))
    const file = await until('the file is there', () =>
      readdirSync(downloads).find((name) => name === 'tutti-you.json'),
    )
    const { person } = JSON.parse(readFileSync(join(downloads, file), 'utf8')) as {
      person: { own: { shown: { name: string }; playlists: { shown: { name: string } }[] } }
    }
    expect(person.own.shown.name).toBe('Anna')
    expect(person.own.playlists.map(({ shown }) => shown.name)).toEqual(['Friday films', 'For rainy days'])
    await anna.you.click(part('delete'))
    await anna.you.click(part('delete-now'))
    await anna.you.waitForText('Everything is deleted.')
    await goTo(anna.you, 'playlists')
    await anna.you.waitForText('No playlists yet')
    await goTo(anna.you, 'messages')
    await anna.you.waitForText('No messages yet')
  })
})
