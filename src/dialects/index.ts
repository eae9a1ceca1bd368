/** The closed list of wires: which the server speaks, and which the client can speak. A new one is added here and nowhere else. */
import type { ServerDialect } from './server-dialect'
import { tuttiServer } from './tutti/server'
import type { WireSettings } from './wire-settings'

/** Every wire that the server speaks, as its operator has set them. */
export function serverDialects(_wires: WireSettings = {}): readonly ServerDialect<unknown>[] {
  return [tuttiServer]
}

export { tuttiClient } from './tutti/client'
export { tuttiServer } from './tutti/server'
