/**
 * A page's line to the background: hands every view on, and when the background dies under it, calls again at once.
 * Knows nothing of what is drawn. A background that dies on every call is called at a slower pace.
 */
import type { MessagePort } from './port'
import type { Timers } from './timers'

export type LinkDeps<Said, View> = {
  /** The name of the port. */
  readonly name: string
  readonly connect: (name: string) => MessagePort | undefined
  readonly timers: Timers
  /** Said first on every connection. */
  readonly hello?: Said
  readonly onView: (view: View) => void
}

export type Link<Said> = { readonly post: (message: Said) => void }

/** Pause before calling again after a call that brought no view. */
const CALL_AGAIN_MS = 250

export function openLink<Said, View>({ name, connect, timers, hello, onView }: LinkDeps<Said, View>): Link<Said> {
  let port: MessagePort | undefined

  const call = () => {
    let heard = false
    port = connect(name)
    port?.onMessage((message) => {
      heard = true
      // The background says nothing else, and is our own.
      onView((message as { readonly view: View }).view)
    })
    port?.onDisconnect(() => {
      if (heard) call()
      else timers.after(CALL_AGAIN_MS, call)
    })
    if (hello !== undefined) port?.post(hello)
  }
  call()

  return { post: (message) => port?.post(message) }
}
