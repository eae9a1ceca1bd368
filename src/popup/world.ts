/** What the popup needs of the world outside its document, so that it can be drawn and driven without an extension. */
import { createContext } from 'preact'
import { useContext, useEffect, useState } from 'preact/hooks'
import type { PopupToBackground } from '../messages/popup-to-background'

export type World = {
  readonly post: (message: PopupToBackground) => void
  /** This machine's clock: `timeOrigin + performance.now()`. */
  readonly nowMs: () => number
  readonly copy: (text: string) => Promise<void>
  /** Has to be called straight from a click. */
  readonly askForSite: (pattern: string) => Promise<boolean>
  /** Leave to reach a server of another system; `handshake`: and to change how a connection to it begins. From a click, too. */
  readonly askForServer: (hostname: string, handshake: boolean) => Promise<boolean>
  /** Does this browser let an extension change how a connection begins, once it has leave? */
  readonly canHandshake: boolean
  /** The page of notes, in a tab of its own. */
  readonly openNotes: () => void
}

export const WorldContext = createContext<World | undefined>(undefined)

export function useWorld(): World {
  const world = useContext(WorldContext)
  if (!world) throw new Error('the popup is drawn outside its world')
  return world
}

/** The time now, read again four times a second: a clock that shows whole seconds never stands still for two of them. */
export function useNow(): number {
  const world = useWorld()
  const [nowMs, setNowMs] = useState(() => world.nowMs())
  useEffect(() => {
    const id = setInterval(() => setNowMs(world.nowMs()), 250)
    return () => clearInterval(id)
  }, [world])
  return nowMs
}
