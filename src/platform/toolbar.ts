/** The extension's button in the toolbar: grey outside of a room, otherwise with a badge. */
import { browser } from './browser'

export type Toolbar = {
  show(badge: { readonly text: string; readonly inRoom: boolean; readonly urgent: boolean }): void
}

/** Badges are drawn by the browser, which knows no custom properties: accent and ink of the look, in its light theme. */
const CALM = '#1b1c22'
const URGENT = '#c2410c'

export const toolbar: Toolbar = {
  show({ text, inRoom, urgent }) {
    const name = inRoom ? 'icon' : 'idle'
    void browser.action.setIcon({ path: { 16: `/icons/${name}-16.png`, 32: `/icons/${name}-32.png` } })
    void browser.action.setBadgeText({ text })
    void browser.action.setBadgeBackgroundColor({ color: urgent ? URGENT : CALM })
  },
}
