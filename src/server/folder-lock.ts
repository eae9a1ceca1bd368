/**
 * One server per data folder: a second one, started by mistake, would take the first one's running for a crash.
 * The lock is a local socket in the folder that lives as long as its process, so a killed server leaves nothing that holds.
 * Everybody shows their own socket first and looks at the others' then, so of two that come together one sees the other.
 */
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

export class FolderInUse extends Error {}

/** The operating systems have room for 104 to 108 bytes in the path of a socket, the shortest of them with an end mark. */
const LONGEST_PATH_BYTES = 103
const LOCK = /^server-[0-9a-f]{8}\.lock$/
/** Those that came together sort out who stays: the first by name waits so long for the others to go. */
const SORT_OUT_MS = 1_000
const LOOK_EVERY_MS = 20

/** Resolves to what gives the folder free again. */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const real = realpathSync(folder)
  return process.platform === 'win32' ? lockByName(real) : lockByFile(real)
}

async function lockByFile(folder: string): Promise<() => Promise<void>> {
  const own = `server-${randomBytes(4).toString('hex')}.lock`
  const { path, cleanUp } = shortWay(folder, own)
  const lock = await listen(join(path, own))
  const unlock = async (): Promise<void> => {
    await closed(lock)
    cleanUp()
  }
  const others = readdirSync(folder).filter((name) => LOCK.test(name) && name !== own)
  const living = async (): Promise<string[]> => {
    const answers = await Promise.all(others.map((name) => isAnswered(join(path, name))))
    return others.filter((_, index) => answers[index])
  }

  let rivals = await living()
  for (let waitedMs = 0; rivals.length > 0; waitedMs += LOOK_EVERY_MS) {
    if (waitedMs >= SORT_OUT_MS || rivals.some((name) => name < own)) {
      await unlock()
      throw new FolderInUse(`Another server works in ${folder}.`)
    }
    await wait(LOOK_EVERY_MS)
    rivals = await living()
  }
  for (const dead of others) rmSync(join(folder, dead), { force: true })
  return unlock
}

/** A path that is too long for a socket is reached through a short one; the socket lies in the folder all the same. */
function shortWay(folder: string, name: string): { readonly path: string; readonly cleanUp: () => void } {
  if (Buffer.byteLength(join(folder, name)) <= LONGEST_PATH_BYTES) return { path: folder, cleanUp() {} }
  const short = mkdtempSync(join(tmpdir(), 'tutti-'))
  const path = join(short, 'to')
  symlinkSync(folder, path)
  return { path, cleanUp: () => rmSync(short, { recursive: true }) }
}

/** On Windows a socket is a name in one space for all, and nobody's once its process has ended. */
async function lockByName(folder: string): Promise<() => Promise<void>> {
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 24)
  try {
    const lock = await listen(`\\\\.\\pipe\\tutti-${hash}`)
    return () => closed(lock)
  } catch (error) {
    if (codeOf(error) === 'EADDRINUSE') throw new FolderInUse(`Another server works in ${folder}.`)
    throw error
  }
}

function listen(address: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', reject)
    server.listen(address, () => resolve(server.unref()))
  })
}

function closed(server: Server): Promise<void> {
  return new Promise((done) => server.close(() => done()))
}

/** Whoever can't be asked may be alive. */
function isAnswered(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', (error) => resolve(!['ECONNREFUSED', 'ENOENT'].includes(codeOf(error))))
  })
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
