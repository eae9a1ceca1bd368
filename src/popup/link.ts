/**
 * The popup's line to the background: hands every view on, and when the background dies under it, calls again at once.
 * Knows nothing of what is drawn. A background that dies on every call is called at a slower pace.
 */

import type { BackgroundToPopup, View } from '../messages/background-to-popup'
import { POPUP_PORT, type PopupToBackground } from '../messages/popup-to-background'
import type { MessagePort } from '../platform/port'
import type { Timers } from '../platform/timers'

export type LinkDeps = {
  readonly connect: (name: string) => MessagePort | undefined
  readonly timers: Timers
  /** Said first on every connection. */
  readonly hello?: PopupToBackground
  readonly onView: (view: View) => void
}

export type Link = { readonly post: (message: PopupToBackground) => void }

/** Pause before calling again after a call that brought no view. */
const CALL_AGAIN_MS = 250

export function openLink({ connect, timers, hello, onView }: LinkDeps): Link {
  let port: MessagePort | undefined

  const call = () => {
    let heard = false
    port = connect(POPUP_PORT)
    port?.onMessage((message) => {
      heard = true
      onView((message as BackgroundToPopup).view)
    })
    port?.onDisconnect(() => {
      if (heard) call()
      else timers.after(CALL_AGAIN_MS, call)
    })
    if (hello) port?.post(hello)
  }
  call()

  return { post: (message) => port?.post(message) }
}
