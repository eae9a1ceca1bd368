/** Asks the room for something, as it stands. */
import type { PopupCommand } from '../messages/popup-command'
import { useWorld } from './world'

export function useAsk(): (command: PopupCommand) => void {
  const { post } = useWorld()
  return (command) => post({ type: 'command', command })
}
