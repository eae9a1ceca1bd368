import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { createConnections } from '../../src/server/connections'

/** A connection as Node has it, as far as it is looked at. */
class From extends EventEmitter {
  isOpen = true
  readonly remoteAddress: string
  constructor(remoteAddress: string) {
    super()
    this.remoteAddress = remoteAddress
  }
  destroy(): void {
    if (!this.isOpen) return
    this.isOpen = false
    this.emit('close')
  }
}

describe('connections', () => {
  it('[S102] one address holds so many open; what is closed makes room', () => {
    const admit = createConnections(2)
    const come = (address: string): From => {
      const connection = new From(address)
      admit(connection)
      return connection
    }
    const [one, two, three] = [come('192.0.2.1'), come('::ffff:192.0.2.1'), come('192.0.2.1')]
    expect([one, two, three].map(({ isOpen }) => isOpen)).toEqual([true, true, false])
    expect(come('192.0.2.2').isOpen).toBe(true)
    one.destroy()
    expect([come('192.0.2.1'), come('192.0.2.1')].map(({ isOpen }) => isOpen)).toEqual([true, false])
  })

  it('[S102] a proxy on the same machine brings everybody', () => {
    const admit = createConnections(1)
    for (const address of ['127.0.0.1', '::1', '127.0.0.1']) {
      const connection = new From(address)
      admit(connection)
      expect(connection.isOpen).toBe(true)
    }
  })
})
