/**
 * Who this person is at each server: the signed token that it gave, brought to every door of it, so that a role, a ban and
 * "the same person on another device" reach whom they mean. Kept on this device; shown to nobody but the person.
 */
import type { Stored } from '../platform/storage'
import { type Remembered, recall, remember } from './remembered'
import { MOST_SERVERS } from './stored-values'

export type Keys = {
  readonly hydrate: () => Promise<void>
  readonly at: (server: string) => string | undefined
  readonly keep: (server: string, key: string) => void
}

/** Where the key of a person lies: one of our own servers is its address; the same address may speak other wires, where one is somebody else. */
export function keyOfServer(dialect: string, server: string): string {
  return dialect === 'tutti' ? server : `${dialect} ${server}`
}

export function createKeys(stored: Stored<Remembered<string>>): Keys {
  let keys: Remembered<string> = []
  return {
    async hydrate() {
      keys = (await stored.read()) ?? []
    },
    at: (server) => recall(keys, server),
    keep(server, key) {
      if (recall(keys, server) === key) return
      keys = remember(keys, server, key, MOST_SERVERS)
      void stored.write(keys)
    },
  }
}
