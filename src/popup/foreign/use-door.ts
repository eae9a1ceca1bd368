/** Before the door of another system's room: what was typed there, and going in, with the browser's leave asked for on the same click. */
import { useState } from 'preact/hooks'
import { type ForeignRoom, isClosed } from '../../dialects/recognise'
import { useWorld } from '../world'
import { doorKey, isRoomMissing, leaveFor, NOTHING_TYPED, type Typed, wishOf } from './wish-of'

export type Door = {
  readonly typed: Typed
  readonly type: (change: Partial<Typed>) => void
  readonly enter: () => void
}

export function useDoor(room: ForeignRoom | undefined, name: string): Door {
  const { post, askForServer, canHandshake } = useWorld()
  const [kept, keep] = useState({ door: '', typed: NOTHING_TYPED })
  const door = room ? doorKey(room) : ''
  const typed = kept.door === door ? kept.typed : NOTHING_TYPED
  return {
    typed,
    type: (change) => keep({ door, typed: { ...typed, ...change } }),
    enter() {
      if (!room || isClosed(room)) return
      if (isRoomMissing(room, typed)) {
        document.getElementById('foreign-room')?.focus()
        return
      }
      const { site, handshake } = leaveFor(room, canHandshake)
      const wish = wishOf(room, typed, name)
      if (!site) return post({ type: 'join-foreign', wish, needsSite: false })
      // Asked inside the click; in some browsers the popup does not live to see the answer, so the wish goes ahead of it.
      const asked = askForServer(new URL(`http://${room.host}`).hostname, handshake)
      post({ type: 'join-foreign', wish, needsSite: true })
      void asked.then(() => post({ type: 'site-asked' }))
    },
  }
}
