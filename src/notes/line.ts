/**
 * The page's line to the background: hands on what is said, and tells when the background died under it, which is then called
 * again. Knows nothing of notes. A background that dies on every call is called at a slower pace; a line on which nothing is said
 * at all was opened to one that was dying, and is opened anew.
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
/** A background answers at once; one that has to wake takes a second on a slow machine. */
const ANSWERS_WITHIN_MS = 3_000

export function openLine({ connect, timers, onOpen, onMessage, onHangUp }: LineDeps): Line {
  let port: MessagePort | undefined

  const call = () => {
    const opened = connect(NOTES_PORT)
    let heard = false
    port = opened
    const lost = () => {
      if (port !== opened) return
      port = undefined
      onHangUp()
      if (heard) call()
      else timers.after(CALL_AGAIN_MS, call)
    }
    opened?.onMessage((message) => {
      heard = true
      // Nobody else speaks on this port than our own background.
      if (port === opened) onMessage(message as BackgroundToNotes)
    })
    opened?.onDisconnect(lost)
    timers.after(ANSWERS_WITHIN_MS, () => {
      if (heard || port !== opened) return
      opened?.disconnect()
      lost()
    })
    onOpen()
  }
  // Whoever opens the line has it in hand before anything is said on it.
  timers.after(0, call)

  return { post: (message) => port?.post(message) }
}
