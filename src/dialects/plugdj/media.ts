/**
 * What is played, as this wire names it: an id at YouTube (format 1) or SoundCloud (format 2), and back to an address that a browser can open.
 * Anything else has no name there; it is told under a format of our own (0) with its whole address, so that no two of ours lose it.
 */
import type { MediaWish } from '../../core/room/command'
import type { Item, ItemContent } from '../../core/room/item'

export type Media = {
  readonly id: number
  readonly cid: string
  readonly format: number
  readonly title: string
  readonly author: string
  readonly image: string
  /** Seconds, whole; 0 where nobody knows. */
  readonly duration: number
}

export const FORMAT = { other: 0, youtube: 1, soundcloud: 2 } as const

const YOUTUBE =
  /^https?:\/\/(?:(?:www\.|m\.|music\.)?youtube(?:-nocookie)?\.com\/(?:watch\?(?:[^#]*&)?v=|embed\/|shorts\/|live\/|v\/)|youtu\.be\/)([\w-]{11})(?![\w-])/i
const SOUNDCLOUD =
  /^https?:\/\/(?:w\.soundcloud\.com\/player\/?\?(?:[^#]*&)?url=)?(?:https?(?::|%3A)(?:\/\/|%2F%2F))?api\.soundcloud\.com(?:\/|%2F)tracks(?:\/|%2F)(\d{1,19})/i

export function cidOf(address: string): { readonly format: number; readonly cid: string } {
  const video = YOUTUBE.exec(address)?.[1]
  if (video !== undefined) return { format: FORMAT.youtube, cid: video }
  const track = SOUNDCLOUD.exec(address)?.[1]
  return track === undefined ? { format: FORMAT.other, cid: address } : { format: FORMAT.soundcloud, cid: track }
}

export function addressOf(format: number, cid: string): string | undefined {
  if (format === FORMAT.youtube) return /^[\w-]{1,64}$/.test(cid) ? `https://www.youtube.com/watch?v=${cid}` : undefined
  if (format === FORMAT.soundcloud) {
    return /^\d{1,19}$/.test(cid)
      ? `https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/${cid}`
      : undefined
  }
  return format === FORMAT.other && /^https?:\/\/\S+$/i.test(cid) ? cid : undefined
}

/** Its clients take an item for over once it has run for its length: where nobody knows that, for a day. */
const UNKNOWN_SEC = 86_400

export function mediaOf({
  number,
  durationSec = UNKNOWN_SEC,
  content,
}: Pick<Item, 'number' | 'durationSec'> & { readonly content: ItemContent }): Media {
  const { format, cid } = cidOf(content.address)
  const picture = format === FORMAT.youtube ? `https://i.ytimg.com/vi/${cid}/default.jpg` : ''
  return {
    id: number,
    cid,
    format,
    title: content.title,
    author: content.author ?? '',
    image: content.image ?? picture,
    duration: Math.round(durationSec),
  }
}

export type MediaFields = Omit<Media, 'id'>

/** Nothing where the address can't be told. */
export function wishOf({ format, cid, title, author, image, duration }: MediaFields): MediaWish | undefined {
  const address = addressOf(format, cid)
  if (address === undefined) return undefined
  return {
    ...(duration > 0 && duration !== UNKNOWN_SEC && { durationSec: duration }),
    content: {
      address,
      title,
      ...(author !== '' && { author }),
      ...(image !== '' && { image }),
    },
  }
}
