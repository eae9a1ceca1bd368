/**
 * Talk between the parts of the extension: a port that carries messages until one side hangs up or dies.
 * Knows no message: what arrives is `unknown` and is parsed by whoever listens. Strangers are turned away here, by the
 * identity that the browser vouches for.
 */
import { browser } from './browser'

export type MessagePort = {
  /** What is said into a closed port is lost in silence: its `onDisconnect` has told, or is about to. */
  post(message: unknown): void
  /** One listener; what came before it is kept for it. */
  onMessage(handle: (message: unknown) => void): void
  /** One listener: the other side hung up or died. Not called after one's own `disconnect`. */
  onDisconnect(handle: () => void): void
  disconnect(): void
}

/** Who opened a port, as the browser says. */
export type Caller =
  | {
      readonly kind: 'page-frame'
      readonly tabId: number
      readonly frameId: number
      /** Absent for what comes from no host, like a file. */
      readonly host?: string
      readonly isPrivate: boolean
    }
  /** A page of this extension: the popup, also when it is opened as a tab. */
  | { readonly kind: 'own-page' }

type RawPort = ReturnType<typeof browser.runtime.connect>

function wrap(raw: RawPort): MessagePort {
  let state: 'open' | 'lost' | 'hung-up' = 'open'
  const early: unknown[] = []
  let handleMessage = (message: unknown): void => {
    early.push(message)
  }
  let handleLoss = (): void => {}
  const lose = () => {
    if (state !== 'open') return
    state = 'lost'
    handleLoss()
  }
  raw.onMessage.addListener((message: unknown) => handleMessage(message))
  raw.onDisconnect.addListener(lose)
  return {
    post(message) {
      if (state !== 'open') return
      try {
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port of the extension, not a window
        raw.postMessage(message)
      } catch {
        lose()
      }
    },
    onMessage(handle) {
      handleMessage = handle
      for (const message of early.splice(0)) handle(message)
    },
    onDisconnect(handle) {
      handleLoss = handle
      if (state === 'lost') handle()
    },
    disconnect() {
      state = 'hung-up'
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
  const host = sender.url !== undefined && URL.canParse(sender.url) ? new URL(sender.url).host : ''
  return {
    kind: 'page-frame',
    tabId: sender.tab.id,
    frameId: sender.frameId,
    ...(host !== '' && { host }),
    isPrivate: sender.tab.incognito,
  }
}

/**
 * Hands over every port that opens, once `ready` is done; what is said into it meanwhile is kept.
 * To be called while the background starts, before anything is awaited.
 */
export function acceptPorts(
  ready: Promise<void>,
  accept: (name: string, caller: Caller, port: MessagePort) => void,
): void {
  browser.runtime.onConnect.addListener((raw) => {
    const caller = callerOf(raw)
    if (!caller) {
      console.warn(`Tutti: turned away a port "${raw.name}" of an unknown sender`)
      raw.disconnect()
      return
    }
    const port = wrap(raw)
    void ready.then(() => accept(raw.name, caller, port))
  })
}
