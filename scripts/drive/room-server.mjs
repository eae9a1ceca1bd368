/** The room server as a process of its own, with its data in a folder that goes when it is closed. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { SERVER_MAIN } from '../setup.mjs'
import { until } from './until.mjs'

/** @param {number} port @returns {Promise<boolean>} */
export async function isPortFree(port) {
  const probe = createServer()
  try {
    await new Promise((resolve, reject) => {
      probe.once('error', reject)
      probe.listen(port, '127.0.0.1', () => resolve(undefined))
    })
    return true
  } catch {
    return false
  } finally {
    probe.close()
  }
}

/** @typedef {Awaited<ReturnType<typeof startRoomServer>>} RoomServer */

/** @param {number} [port] 0: any that is free */
export async function startRoomServer(port = 0) {
  const dataDir = mkdtempSync(join(tmpdir(), 'tutti-server-'))
  let running = await run(port, dataDir)
  const { address } = running
  const stop = async () => {
    running.child.kill('SIGTERM')
    await running.ended
  }
  return {
    /** like http://127.0.0.1:4747 */
    address,
    /** All lines that it has printed since it was started last. */
    log: () => running.lines,
    /** Ends the process; what it has stored stays. */
    stop,
    /** Starts it again after `stop`, at the same address with the same data. */
    startAgain: async () => {
      running = await run(Number(new URL(address).port), dataDir)
    },
    close: async () => {
      await stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** @param {number} port @param {string} dataDir */
async function run(port, dataDir) {
  const child = spawn(process.execPath, [SERVER_MAIN], {
    env: { ...process.env, HOST: '127.0.0.1', PORT: `${port}`, DATA_DIR: dataDir, LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'exit')
  // Whatever ends this process, the server ends with it.
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  child.once('exit', () => process.off('exit', kill))
  /** @type {string[]} */
  const lines = []
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => lines.push(line))
  const address = await until('the room server is ready', () => {
    const found = /listening on (http:\/\/[^\s"]+)/.exec(lines.join('\n'))?.[1]
    if (!found && child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}: ${lines.join('\n')}`)
    return found
  })
  return { child, ended, lines, address }
}
