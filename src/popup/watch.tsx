/** The first tab of a room, top to bottom: the invite, playback, who is waited for, what is needed, who is here, who controls. */
import type { RoomView, View } from '../messages/background-to-popup'
import { Foot } from './foot'
import { ForeignPlace } from './foreign/foreign-place'
import { GoesAlong } from './goes-along'
import { Hints, SiteToAllow } from './hints'
import { Invite } from './invite'
import { Now } from './now'
import { Nudge } from './nudge'
import { RoomPatience } from './patience'
import { People } from './people'
import { can, may } from './rights'
import { isMeantToPlay } from './room-view'
import { Waiting } from './waiting'

type WatchProps = { room: RoomView; page: View['page']; connected: boolean }

export function Watch({ room, page, connected }: WatchProps) {
  return (
    <>
      <div class={connected ? 'scroll' : 'scroll stale'}>
        {room.foreign ? (
          <ForeignPlace room={room} foreign={room.foreign} />
        ) : (
          <Invite code={room.code} link={room.inviteLink ?? room.code} isNextStep={connected} />
        )}
        <Now room={room} connected={connected} />
        {connected && room.waiting && <Waiting waiting={room.waiting} room={room} />}
        {connected && <Hints room={room} page={page} />}
        <People people={room.people} roomPlays={isMeantToPlay(room)}>
          <Nudge room={room} />
        </People>
        {room.people.length > 1 && can(room, 'set-patience') && (
          <RoomPatience patience={room.patience} maySet={may(room, 'configure')} connected={connected} />
        )}
        {room.goesAlong !== undefined && <GoesAlong on={room.goesAlong} connected={connected} />}
        {connected && room.siteToAllow && <SiteToAllow site={room.siteToAllow} />}
      </div>
      <Foot room={room} connected={connected} />
    </>
  )
}
