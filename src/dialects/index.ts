/** The closed list of wires: which the server speaks, and which the client can speak. What else a new one needs is in CONTRIBUTING.md. */
import type { ClientDialect } from './client-dialect'
import { frametogetherClient } from './frametogether/client'
import { createFrametogetherServer } from './frametogether/server'
import { opensyncpartyClient } from './opensyncparty/client'
import { createOpensyncpartyServer } from './opensyncparty/server'
import { openTogetherTubeClient } from './opentogethertube/client'
import { createOpenTogetherTubeServer } from './opentogethertube/server'
import { openwatchpartyClient } from './openwatchparty/client'
import { createOpenwatchpartyServer } from './openwatchparty/server'
import { pianorhythmClient } from './pianorhythm/client'
import { pianorhythmServer } from './pianorhythm/server'
import { plugdjClient } from './plugdj/client'
import { plugdjServer } from './plugdj/server'
import type { ServerDialect } from './server-dialect'
import { tuttiClient } from './tutti/client'
import { tuttiServer } from './tutti/server'
import type { WireSettings } from './wire-settings'

/** Every wire that the server speaks, as its operator has set them. */
export function serverDialects({
  frametogether,
  opensyncparty,
  openwatchparty,
  opentogethertube,
}: WireSettings = {}): readonly ServerDialect<unknown>[] {
  return [
    tuttiServer,
    createFrametogetherServer(frametogether),
    createOpensyncpartyServer(opensyncparty),
    createOpenwatchpartyServer(openwatchparty),
    createOpenTogetherTubeServer(opentogethertube),
    plugdjServer,
    pianorhythmServer,
  ]
}

/** Every wire that can be spoken from here, our own first. */
export const CLIENT_DIALECTS: readonly ClientDialect<unknown>[] = [
  tuttiClient,
  frametogetherClient,
  opensyncpartyClient,
  openwatchpartyClient,
  openTogetherTubeClient,
  plugdjClient,
  pianorhythmClient,
]

export function clientDialect(name: string): ClientDialect<unknown> | undefined {
  return CLIENT_DIALECTS.find((dialect) => dialect.name === name)
}

export { tuttiClient } from './tutti/client'
export { tuttiServer } from './tutti/server'
