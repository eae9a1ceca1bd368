/** How somebody can wish to be seen. */
export const PRESENCE_WISHES = ['online', 'away', 'busy', 'invisible'] as const
export type PresenceWish = (typeof PRESENCE_WISHES)[number]
