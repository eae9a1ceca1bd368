/** Everything in the popup can be done by keyboard alone. */
import { expect, it } from 'vitest'
import type { Popup } from '../../scripts/drive/popup.mjs'
import { part, untilInRoom, untilReady } from '../../scripts/drive/tutti-popup.mjs'
import { until } from '../../scripts/drive/until.mjs'
import { setStage } from './stage'

const KINDS = ['chromium', 'firefox'] as const
const stage = setStage(KINDS)
const MOST_TABS = 30

/** Presses Tab until that part of the popup has the focus. */
async function tabTo(popup: Popup, name: string): Promise<void> {
  for (let pressed = 0; pressed < MOST_TABS; pressed++) {
    const focused = await popup.read((document) => document.activeElement?.getAttribute('data-testid') ?? '', null)
    if (focused === name) return
    await popup.press('Tab')
  }
  throw new Error(`Tab never reaches ${name}.`)
}

it.each(KINDS)('[E50] in %s: start a room, leave it, join it by its code, leave again', async (kind) => {
  const popup = await stage.guest(KINDS.indexOf(kind)).browser.openPopup()
  await untilReady(popup)
  await tabTo(popup, 'name')
  await popup.typeText('Keys')
  await popup.press('Enter')
  const code = await untilInRoom(popup)

  await tabTo(popup, 'leave')
  await popup.press('Enter')
  await popup.waitFor(part('join-text'))

  await tabTo(popup, 'join-text')
  await popup.typeText(code)
  await popup.press('Enter')
  expect(await untilInRoom(popup)).toBe(code)

  await tabTo(popup, 'leave')
  await popup.press('Enter')
  await popup.waitFor(part('join-text'))
  await until('the room is left', async () => !(await popup.exists(part('code'))))
  await popup.close()
})
