/** May this person say something here, and if not, why not. */
import type { RoomView } from '../../messages/background-to-popup'
import type { MessageKey } from '../../platform/i18n'
import { useIsMuted } from '../muted'
import { may, personOf } from '../rights'

export function useSilence(room: RoomView): MessageKey | undefined {
  const isMuted = useIsMuted(personOf(room, room.selfId)?.muted, room.offsetMs)
  if (!room.settings.chat) return 'chatOff'
  if (isMuted) return 'chatMuted'
  return may(room, 'chat') ? undefined : 'chatNotYou'
}
