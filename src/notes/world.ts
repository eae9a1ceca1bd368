/** What the page's parts share: the instrument, and the little of the outside world that drawing needs. */
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Instrument } from './instrument'

export type World = {
  readonly instrument: Instrument
  /** What is printed on the computer's keys, by where they lie; empty where the browser does not tell. */
  readonly printed: () => Promise<ReadonlyMap<string, string>>
  /** Firefox lets no extension have MIDI, whatever the person says. */
  readonly isFirefox: boolean
}

export const WorldContext = createContext<World | undefined>(undefined)

export function useWorld(): World {
  const world = useContext(WorldContext)
  if (!world) throw new Error('the notes page is drawn outside its world')
  return world
}
