/** The tabs of a room, which of them there is something for, and how keys walk through them. Pure. */
import type { RoomCommand } from '../core/room/command'
import type { RoomView } from '../messages/background-to-popup'

export const TABS = ['watch', 'queue', 'chat', 'people'] as const
export type Tab = (typeof TABS)[number]

const OF_THE_QUEUE: readonly RoomCommand['type'][] = ['queue-add', 'set-media', 'play-now', 'join-booth', 'skip']

/** Other systems may have no queue, or no chat. */
export function tabsOf({ foreign, can, queue, history, media, chat }: RoomView): readonly Tab[] {
  const hasQueue =
    !foreign ||
    media !== undefined ||
    queue.items.length > 0 ||
    history.length > 0 ||
    OF_THE_QUEUE.some((type) => can.includes(type))
  const hasChat = !foreign || can.includes('say') || chat.lines.length > 0
  return TABS.filter((tab) => (tab !== 'queue' || hasQueue) && (tab !== 'chat' || hasChat))
}

export function nextTab(tabs: readonly Tab[], tab: Tab, key: string): Tab | undefined {
  const index = tabs.indexOf(tab)
  switch (key) {
    case 'ArrowRight':
      return tabs[(index + 1) % tabs.length]
    case 'ArrowLeft':
      return tabs[(index + tabs.length - 1) % tabs.length]
    case 'Home':
      return tabs[0]
    case 'End':
      return tabs[tabs.length - 1]
    default:
      return undefined
  }
}
