import { describe, expect, it } from 'vitest'
import { createLink } from '../../src/content/link'
import type { MessagePort } from '../../src/platform/port'
import { createManualClock } from '../doubles/manual-clock'

/** The background's side: ports that are opened to it, and what came through each. */
function createScene({ wanted = true } = {}) {
  const clock = createManualClock()
  const ports: { readonly heard: unknown[]; die(): void; say(message: unknown): void; hungUp: boolean }[] = []
  const came: unknown[] = []
  let isGone = false
  let opens = 0
  let ends = 0

  function connect(): MessagePort | undefined {
    if (isGone) return undefined
    let onMessage: (message: unknown) => void = () => {}
    let onDisconnect = () => {}
    const side = {
      heard: [] as unknown[],
      hungUp: false,
      die: () => onDisconnect(),
      say: (message: unknown) => onMessage(message),
    }
    ports.push(side)
    return {
      post: (message) => side.heard.push(message),
      onMessage(handle) {
        onMessage = handle
      },
      onDisconnect(handle) {
        onDisconnect = handle
      },
      disconnect() {
        side.hungUp = true
      },
    }
  }

  const link = createLink(
    connect,
    {
      onOpen() {
        opens += 1
      },
      onMessage: (message) => came.push(message),
      wantsToReopen: () => wanted,
      onEnd() {
        ends += 1
      },
    },
    clock,
    clock,
  )
  return {
    clock,
    link,
    ports,
    came,
    opens: () => opens,
    ends: () => ends,
    extensionGone() {
      isGone = true
    },
    setWanted(to: boolean) {
      wanted = to
    },
  }
}

describe('the line to the background', () => {
  it('[P18] a background that died is called again at once, with a new port', () => {
    const scene = createScene()
    scene.link.open()
    scene.ports[0]?.die()
    expect(scene.ports).toHaveLength(2)
    expect(scene.opens()).toBe(2)
    scene.link.post('hello')
    expect(scene.ports[1]?.heard).toEqual(['hello'])
  })

  it('[P18] one that dies again and again is called less and less often', async () => {
    const scene = createScene()
    scene.link.open()
    const opened: number[] = []
    for (let n = 0; n < 5; n += 1) {
      scene.ports.at(-1)?.die()
      await scene.clock.advance(1000)
      opened.push(scene.ports.length)
    }
    expect(opened).toEqual([2, 3, 4, 4, 4])
    await scene.clock.advance(5000)
    expect(scene.ports).toHaveLength(5)
  })

  it('[P18] what a person did meanwhile is said once there is a port; a report is not', async () => {
    const scene = createScene()
    scene.link.open()
    scene.ports[0]?.die()
    scene.ports[1]?.die()
    scene.link.post('person-did')
    scene.link.postIfOpen('report')
    await scene.clock.advance(1000)
    expect(scene.ports[2]?.heard).toEqual(['person-did'])
  })

  it('[P19] a line that nobody wants any more ends with the port', () => {
    const scene = createScene()
    scene.link.open()
    scene.setWanted(false)
    scene.ports[0]?.die()
    expect(scene.ports).toHaveLength(1)
    expect(scene.ends()).toBe(1)
  })

  it('[P19] a script that outlived its extension ends', () => {
    const scene = createScene()
    scene.link.open()
    scene.extensionGone()
    scene.ports[0]?.die()
    expect(scene.ends()).toBe(1)
  })

  it('[P20] opening once more keeps the port that is open, and what is on its way', () => {
    const scene = createScene()
    scene.link.open()
    scene.link.open()
    expect(scene.ports.map(({ hungUp }) => hungUp)).toEqual([false])
    scene.ports[0]?.say('on its way')
    expect(scene.came).toEqual(['on its way'])
    expect(scene.ends()).toBe(0)
  })

  it('[P20] a closed line stays closed', async () => {
    const scene = createScene()
    scene.link.open()
    scene.ports[0]?.die()
    scene.ports[1]?.die()
    scene.link.close()
    await scene.clock.advance(10_000)
    expect(scene.ports).toHaveLength(2)
    expect(scene.ends()).toBe(0)
  })
})
