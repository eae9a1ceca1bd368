/** What people read of an item. */
import type { ItemContent } from '../../core/room/item'
import type { MemberId } from '../../core/room/room'
import { formatTime } from '../../look/format'
import type { RoomView } from '../../messages/background-to-popup'
import { t } from '../../platform/i18n'
import { personOf } from '../rights'

type Told = { readonly content: ItemContent; readonly durationSec?: number; readonly addedBy?: MemberId }

/** Nobody knows more of it than its address, sometimes not even that. */
export function titleOf({ content: { title, address } }: Told): string {
  return title || address || t('untitled')
}

/** "41:07 · added by Clever Fox" */
export function aboutItem(room: RoomView, { durationSec, addedBy }: Told): string {
  const length = durationSec === undefined ? t('lengthUnknown') : formatTime(durationSec)
  const by = personOf(room, addedBy)
  if (!by) return length
  return by.isSelf ? t('addedByYou', length) : t('addedBy', length, by.name)
}
