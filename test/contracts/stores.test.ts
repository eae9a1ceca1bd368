import { cpSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLmdbStore } from '../../src/server/store/lmdb-store'
import type { Store } from '../../src/server/store/store'
import { createMemoryDisk, openMemoryStore } from '../doubles/memory-store'
import { describeStore } from './store-contract'

describeStore('in memory', async (newEpoch) => {
  const disk = createMemoryDisk()
  return {
    open: () => openMemoryStore(disk, newEpoch),
    openAfterCrash: () => openMemoryStore(disk, newEpoch),
    cleanUp: async () => {},
  }
})

describeStore('lmdb', async (newEpoch) => {
  const base = await mkdtemp(join(tmpdir(), 'tutti-store-'))
  let folder = join(base, 'first')
  const crashed: Store[] = []
  let current: Store | undefined
  const open = (): Store => (current = openLmdbStore({ folder, newEpoch }))
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
