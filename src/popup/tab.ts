/** The tabs of a room, and how keys walk through them. Pure. */
export const TABS = ['watch', 'queue', 'chat', 'people'] as const
export type Tab = (typeof TABS)[number]

export function nextTab(tab: Tab, key: string): Tab | undefined {
  const index = TABS.indexOf(tab)
  switch (key) {
    case 'ArrowRight':
      return TABS[(index + 1) % TABS.length]
    case 'ArrowLeft':
      return TABS[(index + TABS.length - 1) % TABS.length]
    case 'Home':
      return TABS[0]
    case 'End':
      return TABS[TABS.length - 1]
    default:
      return undefined
  }
}
