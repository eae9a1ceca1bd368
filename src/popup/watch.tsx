/** The first tab of a room, top to bottom: the invite, playback, who is waited for, what is needed, who is here, who controls. */
import type { RoomView, View } from '../messages/background-to-popup'
import { Foot } from './foot'
import { Hints, SiteToAllow } from './hints'
import { Invite } from './invite'
import { Now } from './now'
import { Nudge } from './nudge'
import { RoomPatience } from './patience'
import { People } from './people'
import { may } from './rights'
import { isMeantToPlay } from './room-view'
import { Waiting } from './waiting'

type WatchProps = { room: RoomView; page: View['page']; connected: boolean }

export function Watch({ room, page, connected }: WatchProps) {
  return (
    <>
      <div class={connected ? 'scroll' : 'scroll stale'}>
        <Invite code={room.code} link={room.inviteLink} isNextStep={connected} />
        <Now room={room} connected={connected} />
        {connected && room.waiting && <Waiting waiting={room.waiting} room={room} />}
        {connected && <Hints room={room} page={page} />}
        <People people={room.people} roomPlays={isMeantToPlay(room)}>
          <Nudge room={room} />
        </People>
        {room.people.length > 1 && (
          <RoomPatience patience={room.patience} maySet={may(room, 'configure')} connected={connected} />
        )}
        {connected && room.siteToAllow && <SiteToAllow site={room.siteToAllow} />}
      </div>
      <Foot control={room.control} isHost={room.isHost} connected={connected} />
    </>
  )
}
