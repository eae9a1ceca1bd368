/**
 * One server per data folder: a second one, started by mistake, would take the first one's running for a crash.
 * The lock is a local socket that lives as long as its process, so a killed server never leaves the folder locked.
 */
import { createHash } from 'node:crypto'
import { realpathSync, rmSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export class FolderInUse extends Error {}

/** Resolves to what gives the folder free again. */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const address = addressFor(folder)
  const lock = (await listen(address)) ?? ((await isAnswered(address)) ? undefined : await listenAnew(address))
  if (!lock) throw new FolderInUse(`Another server works in ${folder}.`)
  return () => new Promise((done) => lock.close(() => done()))
}

/** Beside the folder's own name, because the path of a socket has room for about a hundred letters only. */
function addressFor(folder: string): string {
  const name = `tutti-${createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 24)}`
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`)
}

/** Nothing if somebody has it, or had it when it was killed. */
function listen(address: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined)
      else reject(error)
    })
    server.listen(address, () => resolve(server.unref()))
  })
}

function listenAnew(address: string): Promise<Server | undefined> {
  rmSync(address, { force: true })
  return listen(address)
}

function isAnswered(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
