/** The closed list of wires: which the server speaks, and which the client can speak. A new one is added here and nowhere else. */
import type { ServerDialect } from './dialect'
import { tuttiServer } from './tutti/server'

export const SERVER_DIALECTS: readonly ServerDialect<unknown>[] = [tuttiServer]

export { tuttiClient } from './tutti/client'
export { tuttiServer } from './tutti/server'
