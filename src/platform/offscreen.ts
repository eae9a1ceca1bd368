/**
 * The offscreen document of Chromium, and the rules that change the handshake of its sockets. The document needs leave, and a rule leave for its host,
 * which are asked for when somebody wants into a room of such a server; other browsers have no such document.
 */

/** Of what the browser has here, and other browsers have not. */
type Chromium = {
  readonly offscreen?: {
    createDocument(wish: { url: string; reasons: readonly string[]; justification: string }): Promise<void>
    hasDocument?(): Promise<boolean>
    closeDocument(): Promise<void>
  }
  readonly declarativeNetRequest?: {
    updateSessionRules(change: { removeRuleIds?: number[]; addRules?: readonly unknown[] }): Promise<void>
  }
  readonly runtime: { readonly id: string }
}

export const OFFSCREEN_PERMISSIONS = ['offscreen'] as const

const PAGE = 'src/offscreen/index.html'
const RULE_ID = 1

function chromium(): Chromium | undefined {
  return (globalThis as { chrome?: Chromium }).chrome
}

/** Can a handshake be changed here, now that leave was given? */
export function canChangeHandshake(): boolean {
  const { offscreen, declarativeNetRequest } = chromium() ?? {}
  return offscreen !== undefined && declarativeNetRequest !== undefined
}

/** Has this browser such a document at all, once leave is given? */
export function knowsOffscreen(): boolean {
  return import.meta.env.MODE !== 'firefox'
}

/** From now on the handshake of a socket to this host says these headers; nothing in a header's place takes it off. One host at a time. */
export async function changeHandshake(url: string, headers: Readonly<Record<string, string | null>>): Promise<void> {
  const { declarativeNetRequest, runtime } = chromium() ?? {}
  if (!declarativeNetRequest || !runtime) return
  const requestHeaders = Object.entries(headers).map(([header, value]) =>
    value === null ? { header, operation: 'remove' } : { header, operation: 'set', value },
  )
  const rule = {
    id: RULE_ID,
    priority: 1,
    condition: { urlFilter: `|${new URL(url).origin}/`, resourceTypes: ['websocket'], initiatorDomains: [runtime.id] },
    action: { type: 'modifyHeaders', requestHeaders },
  }
  await declarativeNetRequest.updateSessionRules({ removeRuleIds: [RULE_ID], addRules: [rule] })
}

/** A document of its own for this background; one that is left of an earlier life is closed. */
export async function openOffscreenDocument(): Promise<void> {
  const { offscreen } = chromium() ?? {}
  if (!offscreen) return
  await closeOffscreenDocument()
  await offscreen.createDocument({
    url: PAGE,
    // There is no reason in the list for a socket; this is the nearest that is true of one.
    reasons: ['WEB_RTC'],
    justification: 'Holds the connection to a room server that looks at where a connection comes from.',
  })
}

export async function closeOffscreenDocument(): Promise<void> {
  try {
    await chromium()?.offscreen?.closeDocument()
  } catch {
    // There was none.
  }
}
