/** Lets clients that were written from a protocol's page alone dial our server, over a line of 10 ms. */
import type { Dial } from '../foreign/channel'
import type { AWire } from './a-wire'

const PATH_MS = 10

export function dialIn({ clock, host }: Pick<AWire, 'clock' | 'host'>): Dial {
  return (url, hears) => {
    let isOver = false
    let end: ReturnType<typeof host.accept> | undefined
    const over = (code: number, reason: string): void => {
      if (isOver) return
      isOver = true
      clock.after(PATH_MS, () => hears.onClose(code, reason))
    }
    clock.after(PATH_MS, () => {
      if (isOver) return
      hears.onOpen()
      end = host.server.accept(url, {
        send: (frame) => void clock.after(PATH_MS, () => isOver || hears.onFrame(frame)),
        close: (code, reason) => over(code, reason),
      })
    })
    return {
      send: (frame) => void clock.after(PATH_MS, () => isOver || end?.receive(frame)),
      close(code = 1005) {
        over(code, '')
        clock.after(PATH_MS, () => end?.closed())
      },
    }
  }
}
