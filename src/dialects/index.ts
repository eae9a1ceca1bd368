/** The closed list of wires: which the server speaks, and which the client can speak. A new one is added here and nowhere else. */
export { tuttiClient } from './tutti/client'
export { tuttiServer } from './tutti/server'
