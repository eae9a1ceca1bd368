/** The open pages of one's own person: what each was shown last, and what they say, parsed. Knows nothing of what a view holds. */
import { type PersonToBackground, personToBackground } from '../messages/person-to-background'
import type { BackgroundToPerson, PersonPageView } from '../messages/person-view'
import type { MessagePort } from '../platform/port'

export type PersonPages = {
  opened(port: MessagePort): void
  isOpen(): boolean
  /** Posts each page the view, unless it has been shown just that. */
  show(view: PersonPageView): void
}

export type PersonPagesListeners = {
  /** `answer` is for the page that said it alone. */
  onMessage(message: PersonToBackground, answer: (view: PersonPageView) => void): void
  /** One opened, or one closed. */
  onChange(): void
}

export function createPersonPages(listeners: PersonPagesListeners): PersonPages {
  const shownTo = new Map<MessagePort, string>()
  return {
    opened(port) {
      shownTo.set(port, '')
      port.onMessage((raw) => {
        const parsed = personToBackground.safeParse(raw)
        if (parsed.success) listeners.onMessage(parsed.data, (view) => port.post(say(view)))
        else console.warn('Tutti: a page said something that is no message of ours; it is left aside')
      })
      port.onDisconnect(() => {
        shownTo.delete(port)
        listeners.onChange()
      })
      listeners.onChange()
    },

    isOpen: () => shownTo.size > 0,

    show(view) {
      const message = say(view)
      const spelled = JSON.stringify(message)
      for (const [port, shown] of shownTo) {
        if (shown === spelled) continue
        shownTo.set(port, spelled)
        port.post(message)
      }
    },
  }
}

function say(view: PersonPageView): BackgroundToPerson {
  return { type: 'view', view }
}
