/**
 * The way into a room of another system: what the person filled in, kept until the browser has leave for that site, since the popup may be gone by then.
 * What a server looks like is `server-address`'s to say; who one is at that system is kept under a key of its own.
 */
import type { RoomClient } from '../client/room-client'
import { refuse } from '../core/room/refusal'
import type { Problem } from '../messages/background-to-popup'
import type { ForeignWish } from '../messages/foreign-wish'
import type { PagesPort } from '../platform/pages'
import { badServer } from './invite'
import { type Keys, keyOfServer } from './keys'
import type { PageDriver } from './page-driver'
import { readServerAddress } from './server-address'
import { siteOf } from './site'

export type ForeignWayIn = {
  /** Goes in, or waits for the leave that was asked for on the same click. */
  join(tabId: number | undefined, wish: ForeignWish, needsSite: boolean): void
  /** What is allowed has changed: perhaps this is the yes. */
  sitesChanged(): void
  /** The person has answered; or the popup has come back, which it can't while somebody is asked. Without leave that was a no. */
  siteAsked(): void
}

export type ForeignWayInDeps = {
  readonly client: Pick<RoomClient, 'enter' | 'state'>
  readonly driver: Pick<PageDriver, 'drive'>
  readonly keys: Keys
  readonly siteAllowed: PagesPort['siteAllowed']
  readonly knows: (system: string) => boolean
  readonly keepName: (name: string) => void
  readonly setProblem: (problem: Problem | undefined) => void
}

type Waiting = { readonly tabId: number | undefined; readonly wish: ForeignWish; readonly server: string }

export function createForeignWayIn(deps: ForeignWayInDeps): ForeignWayIn {
  const { client, driver, keys, siteAllowed, knows, keepName, setProblem } = deps
  let waiting: Waiting | undefined

  const enter = ({ tabId, wish, server }: Waiting): void => {
    const { system, room, invite, password, account } = wish
    const name = wish.name.trim()
    const token = wish.token ?? keys.at(keyOfServer(system, server))
    setProblem(undefined)
    if (name !== '') keepName(name)
    driver.drive(tabId)
    client.enter({
      dialect: system,
      server,
      door: {
        kind: 'code',
        code: room.trim(),
        ...(password !== undefined && { password }),
        ...(invite !== undefined && { invite }),
      },
      ...(name !== '' && { name }),
      ...(token !== undefined && { token }),
      ...(account && { account }),
    })
  }

  const goOn = async (isAnswered: boolean): Promise<void> => {
    const now = waiting
    const site = siteOf(now?.server)
    if (!now || site?.pattern === undefined) return
    const isAllowed = await siteAllowed(site.pattern)
    if (waiting !== now || !(isAllowed || isAnswered)) return
    waiting = undefined
    if (isAllowed) enter(now)
    else setProblem({ kind: 'site-denied', host: new URL(now.server).hostname })
  }

  return {
    join(tabId, wish, needsSite) {
      const address = readServerAddress(wish.server)
      // An invite says itself which room it is for.
      if (!knows(wish.system) || (wish.room.trim() === '' && wish.invite === undefined))
        return setProblem({ kind: 'not-understood', text: wish.room })
      if (!address.ok) return setProblem(badServer(wish.server, address.why))
      if (client.state().kind !== 'outside') return setProblem({ kind: 'refused', ...refuse('already-in-room') })
      waiting = { tabId, wish, server: address.server }
      setProblem(undefined)
      if (needsSite) void goOn(false)
      else {
        const now = waiting
        waiting = undefined
        enter(now)
      }
    },
    sitesChanged: () => void goOn(false),
    siteAsked: () => void goOn(true),
  }
}
