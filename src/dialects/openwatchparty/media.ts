/** What Jellyfin calls a film, 32 hex digits, as the address of an item and back. The address is a name: no browser opens it. */
import type { Item, ItemContent } from '../../core/room/item'

const OWN = /^jellyfin:([0-9a-f]{32})$/
/** As Jellyfin's own pages have it. */
const IN_PAGE = /[?&](?:id|serverItemId)=([0-9a-f]{32})(?:&|$)/i

export function contentOf(mediaId: string): ItemContent {
  return { address: `jellyfin:${mediaId.toLowerCase()}`, title: 'Jellyfin' }
}

export function mediaIdOf(item: Pick<Item, 'content'> | undefined): string | null {
  const address = item?.content.address ?? ''
  return (OWN.exec(address)?.[1] ?? IN_PAGE.exec(address)?.[1])?.toLowerCase() ?? null
}
