/**
 * Talk between the parts of the extension: a port that carries messages until one side hangs up or dies.
 * Knows no message: what arrives is `unknown` and is parsed by whoever listens. Strangers are turned away here, by the
 * identity that the browser vouches for.
 */
import { browser } from './browser'

export type MessagePort = {
  /** What is said into a closed port is lost in silence: its `onDisconnect` has told, or is about to. */
  post(message: unknown): void
  onMessage(handle: (message: unknown) => void): void
  /** The other side hung up or died; not called after one's own `disconnect`. */
  onDisconnect(handle: () => void): void
  disconnect(): void
}

/** Who opened a port, as the browser says. */
export type Caller =
  | { readonly kind: 'page-frame'; readonly tabId: number; readonly frameId: number }
  /** A page of this extension: the popup, also when it is opened as a tab. */
  | { readonly kind: 'own-page' }

type RawPort = ReturnType<typeof browser.runtime.connect>

function wrap(raw: RawPort): MessagePort {
  let open = true
  raw.onDisconnect.addListener(() => {
    open = false
  })
  return {
    post(message) {
      if (!open) return
      try {
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port of the extension, not a window
        raw.postMessage(message)
      } catch {
        open = false
      }
    },
    onMessage(handle) {
      raw.onMessage.addListener((message: unknown) => handle(message))
    },
    onDisconnect(handle) {
      raw.onDisconnect.addListener(() => handle())
    },
    disconnect() {
      open = false
      raw.disconnect()
    },
  }
}

/** Opens a port to the background, waking it. Absent when this script outlived its extension: it must clean up and stop. */
export function connectPort(name: string): MessagePort | undefined {
  try {
    return wrap(browser.runtime.connect({ name }))
  } catch {
    return undefined
  }
}

function callerOf(raw: RawPort): Caller | undefined {
  const sender = raw.sender
  if (sender?.id !== browser.runtime.id) return undefined
  if (sender.url?.startsWith(browser.runtime.getURL(''))) return { kind: 'own-page' }
  if (sender.tab?.id === undefined || sender.frameId === undefined) return undefined
  return { kind: 'page-frame', tabId: sender.tab.id, frameId: sender.frameId }
}

/** To be called while the background starts, before anything is awaited. */
export function acceptPorts(accept: (name: string, caller: Caller, port: MessagePort) => void): void {
  browser.runtime.onConnect.addListener((raw) => {
    const caller = callerOf(raw)
    if (caller) accept(raw.name, caller, wrap(raw))
    else {
      console.warn(`Tutti: turned away a port "${raw.name}" of an unknown sender`)
      raw.disconnect()
    }
  })
}
