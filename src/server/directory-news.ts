/** Tells the public list to every socket of the wires that show it, as often as it changes but not more than ten times a second. */
import type { ServerDialect } from '../dialects/server-dialect'
import type { Cancel, Timers } from '../platform/timers'
import type { Directory } from './directory'
import type { Session } from './session'

/** Lists are long, and change as often as people come and go. */
const LEAST_MS = 100

export type DirectoryNewsDeps = {
  readonly directory: Pick<Directory, 'list' | 'listen'>
  readonly dialects: readonly ServerDialect<unknown>[]
  readonly timers: Timers
  readonly sessions: () => Iterable<Session>
}

/** Answers how to stop it. */
export function tellDirectoryNews({ directory, dialects, timers, sessions }: DirectoryNewsDeps): Cancel {
  let cancel: Cancel | undefined

  const tell = (dialect: ServerDialect<unknown>): void => {
    const told = { kind: 'directory', rooms: directory.list() } as const
    const frames = dialect.tell(told)
    for (const session of sessions()) {
      if (session.dialect !== dialect || !session.link) continue
      session.send(frames)
      session.hear(told)
    }
  }

  directory.listen(() => {
    cancel ??= timers.after(LEAST_MS, () => {
      cancel = undefined
      for (const dialect of dialects) if (dialect.hearsDirectory) tell(dialect)
    })
  })
  return () => cancel?.()
}
