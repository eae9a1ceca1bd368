import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLmdbAccountStore } from '../../src/server/store/lmdb-account-store'
import { openMemoryAccountStore } from '../doubles/memory-account-store'
import { describeAccountStore } from './account-store-contract'

describeAccountStore('in memory', async () => {
  const disk = new Map()
  return { open: () => openMemoryAccountStore(disk), cleanUp: async () => {} }
})

describeAccountStore('lmdb', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tutti-accounts-'))
  return {
    open: () => openLmdbAccountStore(folder),
    cleanUp: () => rm(folder, { recursive: true, force: true }),
  }
})
