/**
 * The page's line to the background: hands on what is said, and tells when the background died under it, which is then called
 * again. Knows nothing of notes. A background that dies on every call is called at a slower pace.
 */
import type { BackgroundToNotes } from '../messages/background-to-notes'
import { NOTES_PORT, type NotesToBackground } from '../messages/notes-to-background'
import type { MessagePort } from '../platform/port'
import type { Timers } from '../platform/timers'

export type Line = { readonly post: (message: NotesToBackground) => void }

export type LineDeps = {
  readonly connect: (name: string) => MessagePort | undefined
  readonly timers: Timers
  readonly onOpen: () => void
  readonly onMessage: (message: BackgroundToNotes) => void
  /** What was said into it since may be lost. */
  readonly onHangUp: () => void
}

/** Pause before calling again after a call that was not answered. */
const CALL_AGAIN_MS = 250

export function openLine({ connect, timers, onOpen, onMessage, onHangUp }: LineDeps): Line {
  let port: MessagePort | undefined

  const call = () => {
    let heard = false
    port = connect(NOTES_PORT)
    port?.onMessage((message) => {
      heard = true
      // Nobody else speaks on this port than our own background.
      onMessage(message as BackgroundToNotes)
    })
    port?.onDisconnect(() => {
      onHangUp()
      if (heard) call()
      else timers.after(CALL_AGAIN_MS, call)
    })
    onOpen()
  }
  // Whoever opens the line has it in hand before anything is said on it.
  timers.after(0, call)

  return { post: (message) => port?.post(message) }
}
