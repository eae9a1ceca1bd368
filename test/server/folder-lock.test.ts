import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FolderInUse, lockFolder } from '../../src/server/folder-lock'

const NAME = /^server-[0-9a-f]{8}\.lock$/

describe.runIf(process.platform !== 'win32')('the lock of a data folder', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tutti-lock-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('[S71] lies in the folder, whatever folder for temporary files a server has, and goes with its server', async () => {
    const unlock = await lockFolder(folder)
    expect(readdirSync(folder)).toEqual([expect.stringMatching(NAME)])
    await expect(lockFolder(folder)).rejects.toThrow(FolderInUse)
    await unlock()
    expect(readdirSync(folder)).toEqual([])
    const again = await lockFolder(folder)
    await again()
  })

  it('[S71] holds in a folder whose path is longer than that of a socket can be', async () => {
    const deep = join(folder, 'a'.repeat(100), 'ü'.repeat(50))
    mkdirSync(deep, { recursive: true })
    const unlock = await lockFolder(deep)
    expect(readdirSync(deep)).toEqual([expect.stringMatching(NAME)])
    await expect(lockFolder(deep)).rejects.toThrow(FolderInUse)
    await unlock()
    expect(readdirSync(deep)).toEqual([])
  })

  it('[S71] what a killed server left is taken by one of those that come at the same time', async () => {
    const left = JSON.stringify(join(folder, 'server-00000000.lock'))
    const script = `require('net').createServer().listen(${left}, () => process.kill(process.pid, 'SIGKILL'))`
    spawnSync(process.execPath, ['-e', script])
    expect(readdirSync(folder)).toEqual(['server-00000000.lock'])

    const came = await Promise.allSettled([lockFolder(folder), lockFolder(folder), lockFolder(folder)])
    const got = came.filter((one) => one.status === 'fulfilled')
    expect(got).toHaveLength(1)
    await expect(lockFolder(folder)).rejects.toThrow(FolderInUse)
    for (const { value: unlock } of got) await unlock()
    expect(readdirSync(folder)).toEqual([])
  })
})
