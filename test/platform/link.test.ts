import { describe, expect, it } from 'vitest'
import type { View } from '../../src/messages/background-to-popup'
import { POPUP_PORT, type PopupToBackground } from '../../src/messages/popup-to-background'
import { openLink } from '../../src/platform/link'
import type { MessagePort } from '../../src/platform/port'
import { EXAMPLE_VIEWS } from '../popup/example-views'

const HELLO = { type: 'look', tabId: 7 } as const

function background() {
  const ports: { name: string; posted: unknown[]; say(view: View): void; die(): void }[] = []
  const due: { delayMs: number; run: () => void }[] = []
  const seen: View[] = []
  const link = openLink<PopupToBackground, View>({
    name: POPUP_PORT,
    connect(name): MessagePort {
      const posted: unknown[] = []
      let onMessage = (_: unknown): void => {}
      let onDisconnect = (): void => {}
      ports.push({
        name,
        posted,
        say: (view) => onMessage({ type: 'view', view }),
        die: () => onDisconnect(),
      })
      return {
        post: (message) => posted.push(message),
        onMessage(handle) {
          onMessage = handle
        },
        onDisconnect(handle) {
          onDisconnect = handle
        },
        disconnect() {},
      }
    },
    timers: {
      after(delayMs, run) {
        due.push({ delayMs, run })
        return () => {}
      },
    },
    hello: HELLO,
    onView: (view) => seen.push(view),
  })
  return { ports, due, seen, link, last: () => ports.at(-1) }
}

describe('the line to the background', () => {
  it('[U50] says hello first and hands on every view', () => {
    const { last, seen, link } = background()
    expect(last()?.name).toBe('popup')
    last()?.say(EXAMPLE_VIEWS.ready)
    link.post({ type: 'leave' })
    expect(last()?.posted).toEqual([HELLO, { type: 'leave' }])
    expect(seen).toEqual([EXAMPLE_VIEWS.ready])
  })

  it('[U51] is taken up again at once when the background dies, with hello, and messages go to the new one', () => {
    const { ports, last, due, link } = background()
    last()?.say(EXAMPLE_VIEWS.ready)
    last()?.die()
    expect(ports).toHaveLength(2)
    expect(due).toEqual([])
    link.post({ type: 'play' })
    expect(last()?.posted).toEqual([HELLO, { type: 'play' }])
  })

  it('[U51] is not called in a tight loop when the background dies before it says a word', () => {
    const { ports, last, due } = background()
    last()?.die()
    expect(ports).toHaveLength(1)
    expect(due[0]?.delayMs).toBeGreaterThanOrEqual(100)
    due[0]?.run()
    expect(ports).toHaveLength(2)
  })
})
