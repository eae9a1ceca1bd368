/**
 * What was told and not read yet, bounded for each reader and for all of them: when it is too much in all, whoever has most
 * is cut first. Who is cut can come back and ask what it missed. Knows no sockets, only how much waits for whom.
 */
export type Backlog<Reader> = {
  /** So much more waits for this reader. Gives back who has to be cut. */
  add(reader: Reader, bytes: number): Reader | undefined
  /** The reader took it. */
  done(reader: Reader, bytes: number): void
  /** The reader is gone. */
  drop(reader: Reader): void
}

export function createBacklog<Reader>(limits: { readonly each: number; readonly all: number }): Backlog<Reader> {
  const waiting = new Map<Reader, number>()
  let all = 0

  const drop = (reader: Reader): void => {
    all -= waiting.get(reader) ?? 0
    waiting.delete(reader)
  }

  return {
    add(reader, bytes) {
      const own = (waiting.get(reader) ?? 0) + bytes
      waiting.set(reader, own)
      all += bytes
      const cut = own > limits.each ? reader : all > limits.all ? largest(waiting) : undefined
      if (cut !== undefined) drop(cut)
      return cut
    },
    done(reader, bytes) {
      const own = waiting.get(reader)
      if (own === undefined) return
      all -= bytes
      if (own > bytes) waiting.set(reader, own - bytes)
      else waiting.delete(reader)
    },
    drop,
  }
}

function largest<Reader>(waiting: ReadonlyMap<Reader, number>): Reader | undefined {
  let found: { readonly reader: Reader; readonly bytes: number } | undefined
  for (const [reader, bytes] of waiting) if (!found || bytes > found.bytes) found = { reader, bytes }
  return found?.reader
}
