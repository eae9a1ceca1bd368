/**
 * The open popups: which tab each is open over, what each was shown last, and what they say, parsed.
 * Knows nothing of rooms; what a view holds and what a word means is told to it or asked of others.
 */
import type { BackgroundToPopup, View } from '../messages/background-to-popup'
import { type PopupToBackground, popupToBackground } from '../messages/popup-to-background'
import type { MessagePort } from '../platform/port'

export type Popups = {
  opened(port: MessagePort): void
  isOpen(): boolean
  /** Posts each popup its view, unless it has been shown just that. */
  show(viewOver: (tabId: number | undefined) => View): void
}

export type PopupsListeners = {
  /** `tabId` is the tab that the popup is open over, once it has said so. */
  onMessage(message: PopupToBackground, tabId: number | undefined): void
  /** The tabs that popups are open over. */
  onTabsChanged(tabIds: readonly number[]): void
}

export function createPopups(listeners: PopupsListeners): Popups {
  const popups = new Map<MessagePort, { tabId?: number; shown?: string }>()

  const tellTabs = (): void =>
    listeners.onTabsChanged(
      [...new Set(Array.from(popups.values(), ({ tabId }) => tabId))].filter((id) => id !== undefined),
    )

  return {
    opened(port) {
      const popup: { tabId?: number; shown?: string } = {}
      popups.set(port, popup)
      port.onMessage((raw) => {
        const parsed = popupToBackground.safeParse(raw)
        if (!parsed.success) {
          console.warn('Tutti: the popup said something that is no message of ours; it is left aside')
          return
        }
        if (parsed.data.type === 'look') {
          popup.tabId = parsed.data.tabId
          tellTabs()
        }
        listeners.onMessage(parsed.data, popup.tabId)
      })
      port.onDisconnect(() => {
        popups.delete(port)
        tellTabs()
      })
    },

    isOpen: () => popups.size > 0,

    show(viewOver) {
      for (const [port, popup] of popups) {
        const message: BackgroundToPopup = { type: 'view', view: viewOver(popup.tabId) }
        const spelled = JSON.stringify(message)
        if (popup.shown !== spelled) port.post(message)
        popup.shown = spelled
      }
    },
  }
}
