import { cpSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLmdbPersonStore } from '../../src/server/store/lmdb-person-store'
import type { PersonStore } from '../../src/server/store/person-store'
import { createMemoryPeopleDisk, openMemoryPersonStore } from '../doubles/memory-person-store'
import { describePersonStore } from './person-store-contract'

describePersonStore('in memory', async () => {
  const disk = createMemoryPeopleDisk()
  return {
    open: () => openMemoryPersonStore(disk),
    openAfterCrash: () => openMemoryPersonStore(disk),
    cleanUp: async () => {},
  }
})

describePersonStore('lmdb', async () => {
  const base = await mkdtemp(join(tmpdir(), 'tutti-people-'))
  let folder = join(base, 'first')
  const crashed: PersonStore[] = []
  let current: PersonStore | undefined
  const open = (): PersonStore => (current = openLmdbPersonStore(folder))
  return {
    open,
    // A copy of the folder while the store is open is what the disk holds when the process is killed.
    openAfterCrash() {
      const copy = join(base, 'copy')
      cpSync(folder, copy, { recursive: true })
      if (current) crashed.push(current)
      folder = copy
      return open()
    },
    async cleanUp() {
      for (const store of crashed) await store.close()
      await rm(base, { recursive: true, force: true })
    },
  }
})
