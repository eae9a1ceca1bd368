/** What somebody typed as addresses, one a line, as wishes for the queue. Pure. */
import type { MediaWish } from '../core/room/command'
import { ROOM_LIMITS } from '../core/room/room'

type Wish = Pick<MediaWish, 'content'>

/** What is no address that a browser opens as a page is left out. A title nobody gave is the end of the address. */
export function wishesIn(text: string): Wish[] {
  return text
    .split(/\s+/u)
    .filter((word) => word.length <= ROOM_LIMITS.addressLength && /^https?:\/\//iu.test(word) && URL.canParse(word))
    .slice(0, ROOM_LIMITS.itemsAtOnce)
    .map((address) => ({ content: { address, title: titleIn(new URL(address)) } }))
}

function titleIn({ host, pathname, search }: URL): string {
  return `${host}${pathname === '/' ? '' : pathname}${search}`.slice(0, ROOM_LIMITS.titleLength)
}
