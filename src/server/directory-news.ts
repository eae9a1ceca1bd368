/** Tells the public list to every socket of the wires that show it, as often as it changes but not more than ten times a second, and seldomer to many. */
import type { ServerDialect } from '../dialects/server-dialect'
import type { Cancel, Timers } from '../platform/timers'
import type { Directory } from './directory'
import type { Session } from './session'

/** Lists are long, and change as often as people come and go: one who comes and goes again and again must not keep the server busy with telling it. */
const PACE_MS = { least: 100, most: 5_000, perSocket: 2 } as const

export type DirectoryNewsDeps = {
  readonly directory: Pick<Directory, 'list' | 'listen'>
  readonly dialects: readonly ServerDialect<unknown>[]
  readonly timers: Timers
  readonly sessions: () => Iterable<Session>
}

/** Answers how to stop it. */
export function tellDirectoryNews({ directory, dialects, timers, sessions }: DirectoryNewsDeps): Cancel {
  let cancel: Cancel | undefined
  let hearers = 0

  /** To so many. */
  const tell = (dialect: ServerDialect<unknown>): number => {
    let count = 0
    const told = { kind: 'directory', rooms: directory.list() } as const
    const frames = dialect.tell(told)
    for (const session of sessions()) {
      if (session.dialect !== dialect || !session.link) continue
      session.send(frames)
      session.hear(told)
      count += 1
    }
    return count
  }

  directory.listen(() => {
    const waitMs = Math.min(PACE_MS.most, Math.max(PACE_MS.least, PACE_MS.perSocket * hearers))
    cancel ??= timers.after(waitMs, () => {
      cancel = undefined
      hearers = dialects.filter(({ hearsDirectory }) => hearsDirectory).reduce((sum, each) => sum + tell(each), 0)
    })
  })
  return () => cancel?.()
}
