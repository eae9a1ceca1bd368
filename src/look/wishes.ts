/** What somebody typed as addresses, one a line, as wishes for the queue. Pure. */
import type { MediaWish } from '../core/room/command'
import { ROOM_LIMITS } from '../core/room/room'

type Wish = Pick<MediaWish, 'content'>

/** What is no address that a browser opens as a page is left out. A title nobody gave is the end of the address. */
export function wishesIn(text: string): Wish[] {
  return text
    .split(/\s+/u)
    .filter(isAddress)
    .slice(0, ROOM_LIMITS.itemsAtOnce)
    .map((address) => ({ content: { address, title: titleIn(new URL(address)) } }))
}

/** The lines of what `wishesIn` leaves out: what is no address, and the addresses that are too many at once. */
export function leftOutOf(text: string): string {
  let taken = 0
  const isTaken = (word: string) => isAddress(word) && ++taken <= ROOM_LIMITS.itemsAtOnce
  return text
    .split('\n')
    .map((line) =>
      line
        .split(/\s+/u)
        .filter((word) => word !== '' && !isTaken(word))
        .join(' '),
    )
    .filter((line) => line !== '')
    .join('\n')
}

function isAddress(word: string): boolean {
  return word.length <= ROOM_LIMITS.addressLength && /^https?:\/\//iu.test(word) && URL.canParse(word)
}

function titleIn({ host, pathname, search }: URL): string {
  return `${host}${pathname === '/' ? '' : pathname}${search}`.slice(0, ROOM_LIMITS.titleLength)
}
