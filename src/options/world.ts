/** What the page needs of the world outside its document, so that it can be drawn and driven without an extension. */
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { PersonPageCommand } from '../messages/person-command'
import type { PersonToBackground } from '../messages/person-to-background'

export type World = {
  readonly post: (message: PersonToBackground) => void
  /** Keeps a text as a file where the browser keeps what people download. */
  readonly save: (fileName: string, text: string) => void
}

export const WorldContext = createContext<World | undefined>(undefined)

export function useWorld(): World {
  const world = useContext(WorldContext)
  if (!world) throw new Error('the page is drawn outside its world')
  return world
}

/** Asks the server for something about oneself. */
export function useAsk(): (command: PersonPageCommand) => void {
  const { post } = useWorld()
  return (command) => post({ type: 'command', command })
}
