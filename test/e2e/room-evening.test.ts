/**
 * An evening in one room, from the queue to the last one out, in real browsers through the real popup.
 * Each scene goes on where the one before has ended.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import { clickPicture, openFilm } from '../../scripts/drive/film-page.mjs'
import type { Popup } from '../../scripts/drive/popup.mjs'
import {
  addAddress,
  choose,
  copyKey,
  knock,
  members,
  openTab,
  pasteKey,
  queued,
  say,
  tryPassword,
  unfold,
  unfoldPerson,
  untilQueued,
  untilSays,
} from '../../scripts/drive/room-popup.mjs'
import { joinRoom, part, untilInRoom, untilPeople } from '../../scripts/drive/tutti-popup.mjs'
import { until } from '../../scripts/drive/until.mjs'
import { type Guest, inPopup, meet, setStage, untilTogether } from './stage'

describe('an evening', () => {
  const stage = setStage(['chromium', 'chromium', 'firefox'])
  const page = (name: string): string => `${stage.film.address}/film.html?${name}`
  let anna: Guest
  let ben: Guest
  let clara: Guest
  let code = ''

  beforeAll(async () => {
    anna = stage.guest(0)
    ben = stage.guest(1)
    clara = stage.guest(2)
    for (const guest of stage.guests) await openFilm(guest.page, stage.film.address)
    code = await meet(stage, [anna, ben])
  })

  const over = <T>(guest: Guest, tab: 'watch' | 'queue' | 'chat' | 'people', act: (popup: Popup) => Promise<T>) =>
    inPopup(guest, async (popup) => {
      await openTab(popup, tab)
      return act(popup)
    })
  /** By the click that the popup offers. */
  const goThere = async (guest: Guest, address: string) => {
    await over(guest, 'watch', (popup) => popup.click(part('go-there')))
    await untilThere(guest, address)
  }
  const untilThere = async (guest: Guest, address: string) => {
    await until(`${guest.name} is there`, async () => guest.page.url() === address)
    await inPopup(guest, (popup) =>
      untilPeople(popup, `${guest.name} is with the room`, (people) =>
        people.some(({ isSelf, status }) => isSelf && (status === 'paused' || status === 'following')),
      ),
    )
  }

  it('[E80] a queue of three: by address, and from the page that one is on', async () => {
    await over(ben, 'queue', async (popup) => {
      await addAddress(popup, page('one'))
      await addAddress(popup, page('two'))
    })
    await openFilm(anna.page, stage.film.address, 'film.html?three')
    await over(anna, 'queue', async (popup) => {
      await popup.click(part('queue-add-page'))
      const titles = await untilQueued(popup, 'three wait', ({ length }) => length === 3)
      expect(titles[0]).toContain('film.html?one')
      expect(titles[1]).toContain('film.html?two')
      expect(titles[2]).toBe('The Last Lighthouse')
    })
    await over(ben, 'queue', (popup) => untilQueued(popup, 'Ben sees them, too', ({ length }) => length === 3))
    // What plays is another film than the one that Anna has just added.
    await goThere(anna, `${stage.film.address}/film.html`)
  })

  it('[E81] what got most votes comes next; on the same site the tabs go along by themselves, and play it together', async () => {
    await over(anna, 'queue', (popup) => choose(popup, 'mode', 'vote'))
    await over(ben, 'queue', async (popup) => {
      await popup.click(`${part('queue-item')}:nth-child(3) ${part('vote-up')}`)
      await popup.waitFor(`${part('queue-item')}:nth-child(3) ${part('vote-up')}[aria-pressed=true]`)
    })
    await over(anna, 'queue', async (popup) => {
      await popup.click(part('skip-item'))
      await untilQueued(popup, 'the third was taken', (titles) => titles.every((title) => title.includes('film.html?')))
      expect(await popup.text(part('playing-title'))).toBe('The Last Lighthouse')
    })
    for (const guest of [anna, ben]) await untilThere(guest, page('three'))
    await clickPicture(anna.page)
    await untilTogether(anna.page, ben.page)
  })

  it('[E82] together they skip what is played', async () => {
    await over(anna, 'people', async (popup) => {
      await unfold(popup, 'room-settings')
      await choose(popup, 'setting-skip-share', '0.5')
    })
    await over(ben, 'queue', async (popup) => {
      await popup.click(part('vote-skip'))
      await untilSays(popup, 'playing-title', 'film.html?one')
    })
  })

  it('[E83] two take turns: the turn passes by a skip, and each brings what they chose', async () => {
    await over(anna, 'queue', async (popup) => {
      await choose(popup, 'mode', 'rotation')
      await popup.click(part('join-booth-page'))
      await popup.waitFor(part('leave-booth'))
    })
    await over(ben, 'queue', async (popup) => {
      await popup.click(part('join-booth'))
      await popup.waitFor(part('leave-booth'))
    })
    const turns: string[] = []
    await over(anna, 'queue', async (popup) => {
      for (let turn = 0; turn < 2; turn += 1) {
        const before = `${await popup.text(part('playing-title'))} ${await popup.text(part('dj-playing'))}`
        await popup.click(part('skip-item'))
        await until('the next turn begins', async () => {
          const now = `${await popup.text(part('playing-title'))} ${await popup.text(part('dj-playing'))}`
          return now !== before
        })
        turns.push(await popup.text(part('dj-playing')))
      }
      expect(await queued(popup)).toEqual([])
    })
    expect(turns.filter((turn) => turn.includes('Ben'))).toHaveLength(1)
    expect(new Set(turns).size).toBe(2)
    await over(anna, 'queue', (popup) => choose(popup, 'mode', 'manual'))
  })

  it('[E84] who is muted reads that, and says nothing until it is lifted', async () => {
    await over(anna, 'people', async (popup) => {
      await unfoldPerson(popup, 'Ben')
      await popup.click(part('mute'))
      await popup.waitFor(part('unmute'))
    })
    await over(ben, 'chat', (popup) => popup.waitFor(part('chat-silent')))
    await over(anna, 'people', async (popup) => {
      await unfoldPerson(popup, 'Ben')
      await popup.click(part('unmute'))
      await popup.waitFor(part('mute'))
    })
    await over(ben, 'chat', async (popup) => {
      await popup.waitFor(part('chat-text'))
      await say(popup, 'Sorry, @Anna')
      await popup.waitForText('Sorry, @Anna')
    })
    await inPopup(anna, async (popup) => {
      await popup.waitFor(part('chat-unread'))
      await openTab(popup, 'chat')
      await popup.waitForText('Sorry, @Anna')
      await until('it is read', async () => !(await popup.exists(part('chat-unread'))))
    })
  })

  it('[E85] who is sent out reads why, and may come back', async () => {
    await over(anna, 'people', async (popup) => {
      await unfoldPerson(popup, 'Ben')
      await popup.type(part('reason'), 'No spoilers, please')
      await popup.click(part('kick'))
      await until('Ben is gone', async () => (await members(popup)).length === 1)
    })
    await inPopup(ben, async (popup) => {
      await popup.waitFor(part('problem'))
      expect(await popup.text(part('problem-reason'))).toContain('No spoilers, please')
      await joinRoomAgain(popup, 'Ben')
    })
  })

  async function joinRoomAgain(popup: Popup, name: string): Promise<void> {
    await popup.click(`${part('problem')} .quiet`)
    await joinRoom(popup, name, code)
  }

  it('[E86] a wrong password is told and can be typed anew; a full room lets nobody in', async () => {
    await over(anna, 'people', async (popup) => {
      await unfold(popup, 'room-settings')
      await popup.type(part('room-password'), 'sesame')
      await popup.click(part('set-password'))
      await popup.waitFor(part('remove-password'))
    })
    await inPopup(clara, async (popup) => {
      await knock(popup, 'Clara', code)
      await tryPassword(popup, 'open up')
      await popup.waitFor(part('password-wrong'))
      await tryPassword(popup, 'sesame')
      await untilInRoom(popup)
      await untilPeople(popup, 'three are here', ({ length }) => length === 3)
      await popup.click(part('leave'))
      await popup.waitFor(part('join-text'))
    })
    await over(anna, 'people', async (popup) => {
      await unfold(popup, 'room-settings')
      await popup.type(part('setting-capacity'), '2')
      await popup.click(part('settings-of-room-save'))
      await popup.waitForText('2 here, of at most 2')
    })
    await inPopup(clara, async (popup) => {
      await knock(popup, 'Clara', code)
      await popup.waitForText('This room is full')
    })
  })

  it('[E87] on another browser one is the same person, in the same seat, with the same role', async () => {
    await over(anna, 'people', async (popup) => {
      await unfoldPerson(popup, 'Ben')
      await popup.click(part('make-moderator'))
      await until('Ben is a moderator', async () =>
        (await members(popup)).some(({ name, role }) => name === 'Ben' && role === 'moderator'),
      )
    })
    const key = await inPopup(ben, async (popup) => {
      await popup.click(part('settings'))
      return copyKey(popup)
    })
    await inPopup(clara, async (popup) => {
      await popup.click(part('settings'))
      await pasteKey(popup, key)
      // Neither the password nor a free seat is needed: the seat is theirs.
      await knock(popup, 'Clara', code)
      await untilInRoom(popup)
      await openTab(popup, 'people')
      expect(await members(popup)).toEqual([
        { name: 'Anna', role: 'host', isSelf: false },
        { name: 'Ben', role: 'moderator', isSelf: true },
      ])
    })
    await inPopup(ben, (popup) => popup.waitFor(part('problem')))
  })

  it('[E88] when the host leaves, the moderator leads', async () => {
    await inPopup(anna, async (popup) => {
      await popup.click(part('leave'))
      await popup.waitFor(part('join-text'))
    })
    await inPopup(clara, async (popup) => {
      await untilPeople(popup, 'Ben leads', ([only, ...rest]) => rest.length === 0 && only?.isHost === true)
    })
  })
})
