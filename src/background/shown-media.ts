/**
 * The media that the driven page shows, held against what is current in the room: is it another one of the room's, does its
 * player know a length that the room does not, has it come to its end. What follows is asked of the room, or told.
 */
import type { RoomClientState } from '../client/room-client'
import type { RoomCommand } from '../core/room/command'
import type { MemberId, PublicRoom } from '../core/room/room'
import type { PagePlayer } from '../messages/content-to-background'
import { commandAtEnd, lengthOf } from './act'
import type { PageDriver } from './page-driver'
import { bestFrame } from './pages'
import { isOtherItem } from './room-parts'
import { shownIn } from './view'

export type ShownMedia = {
  /** Looks again. The tab may stand at another film of the room's: then there is nothing to follow there. */
  isOther(): boolean
  /** The player that follows has come to its end. */
  ended(): void
  /** It plays: the room may want to know how long that is. */
  plays(): void
}

export type ShownMediaDeps = {
  readonly state: () => RoomClientState
  readonly driver: Pick<PageDriver, 'pages' | 'looks'>
  readonly ask: (command: RoomCommand) => void
  /** Is this a page that the room has turned away from? */
  readonly isLeft: (address: string) => boolean
  readonly onOther: (isOther: boolean) => void
}

const NOTHING_LOOKED_AT = { queue: { items: [], previous: [] }, history: [] }

export function createShownMedia({ state, driver, ask, isLeft, onOther }: ShownMediaDeps): ShownMedia {
  let wasOther = false
  let wasOtherItem = false
  let toldLengthOf: string | undefined
  let looked: Pick<PublicRoom, 'media' | 'queue' | 'history'> & { readonly address?: string } = NOTHING_LOOKED_AT

  /** Asked again and again of long queues that seldom change. */
  const isOtherIn = (room: PublicRoom, address: string): boolean => {
    const { media, queue, history } = room
    const isSame =
      media === looked.media && queue === looked.queue && history === looked.history && address === looked.address
    if (isSame) return wasOtherItem
    looked = { ...(media && { media }), queue, history, address }
    wasOtherItem = isOtherItem(room, address)
    return wasOtherItem
  }

  const commandFrom = (
    from: (player: PagePlayer, room: PublicRoom, self: MemberId) => RoomCommand | undefined,
  ): RoomCommand | undefined => {
    const now = state()
    const player = bestFrame(driver.pages(), driver.pages().drivenTabId)?.offer.player
    return now.kind === 'in-room' && player ? from(player, now.room, now.memberId) : undefined
  }

  return {
    isOther() {
      const now = state()
      const room = now.kind === 'in-room' || now.kind === 'lost' ? now.room : undefined
      const { shownAddress } = shownIn({ pages: driver.pages(), looks: driver.looks() }, undefined)
      if (!room || shownAddress === undefined) looked = NOTHING_LOOKED_AT
      const isOther =
        room !== undefined && shownAddress !== undefined && (isLeft(shownAddress) || isOtherIn(room, shownAddress))
      if (isOther !== wasOther) {
        wasOther = isOther
        onOther(isOther)
      }
      return isOther
    },

    ended() {
      const command = commandFrom(commandAtEnd)
      if (command) ask(command)
    },

    plays() {
      const command = commandFrom(lengthOf)
      // Once for each item: a no is an answer, too.
      if (command?.type !== 'edit-item' || command.itemId === toldLengthOf) return
      toldLengthOf = command.itemId
      ask(command)
    },
  }
}
