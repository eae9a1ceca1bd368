/**
 * What can be played: on this wire a service and an id, in rooms an address. A page that belongs to no service is `direct`, with its address as id.
 * Knows no room; two spellings of one video are the same here.
 */
import type { MediaWish } from '../../core/room/command'
import type { Item, ItemContent } from '../../core/room/item'
import { ROOM_LIMITS } from '../../core/room/room-limits'
import type { VideoAdd, VideoId } from './frames'
import { SERVICES } from './wire'

type Service = (typeof SERVICES)[number]

/** For a video of a service whose addresses nobody knows here: it keeps its name, and no page can be led to. */
const NAMELESS = 'opentogethertube:'

const ADDRESS: Readonly<Partial<Record<Service, (id: string) => string>>> = {
  youtube: (id) => `https://www.youtube.com/watch?v=${encodeURIComponent(id)}`,
  vimeo: (id) => `https://vimeo.com/${encodeURIComponent(id)}`,
  googledrive: (id) => `https://drive.google.com/file/d/${encodeURIComponent(id)}/view`,
  tubi: (id) => `https://tubitv.com/movies/${encodeURIComponent(id)}`,
}

/** Nothing where the id is an address that no page may be led to. */
export function addressOf({ service, id }: VideoId): string | undefined {
  const known = ADDRESS[service]
  if (known) return known(id)
  if (isWebAddress(id)) return id
  const isAddress = service === 'direct' || service === 'hls' || service === 'dash'
  return isAddress ? undefined : `${NAMELESS}${service}/${encodeURIComponent(id)}`
}

const NAMELESS_ADDRESS = /^opentogethertube:(reddit|peertube|pluto|invidious|odysee)\/(.+)$/

export function videoOf(address: string): VideoId {
  const [, service, id] = NAMELESS_ADDRESS.exec(address) ?? []
  if (service !== undefined && id !== undefined) return { service: service as Service, id: decoded(id) }
  const url = partsOf(address)
  return (url && videoOfService(url)) ?? { service: fileService(url), id: address }
}

type Parts = { readonly host: string; readonly path: string; readonly query: string }

const WEB_ADDRESS = /^https?:\/\/([^\s/?#@]+)((?:\/[^\s?#]*)?)(\?[^\s#]*)?(?:#\S*)?$/i

function partsOf(address: string): Parts | undefined {
  const [, host, path = '', query = ''] = WEB_ADDRESS.exec(address) ?? []
  return host === undefined ? undefined : { host: host.toLowerCase(), path, query }
}

function videoOfService({ host, path, query }: Parts): VideoId | undefined {
  const [first = '', second = '', third = ''] = path.split('/').slice(1)
  switch (host.replace(/^(www|m|music)\./, '')) {
    case 'youtube.com':
    case 'youtube-nocookie.com': {
      const id = first === 'watch' ? /[?&]v=([^&]+)/.exec(query)?.[1] : YOUTUBE_PATHS.has(first) ? second : undefined
      return id ? { service: 'youtube', id } : undefined
    }
    case 'youtu.be':
      return first ? { service: 'youtube', id: first } : undefined
    case 'vimeo.com':
      return /^\d+$/.test(first) ? { service: 'vimeo', id: first } : undefined
    case 'player.vimeo.com':
      return first === 'video' && /^\d+$/.test(second) ? { service: 'vimeo', id: second } : undefined
    case 'drive.google.com':
      return first === 'file' && second === 'd' && third ? { service: 'googledrive', id: third } : undefined
    case 'tubitv.com':
      return TUBI_PATHS.has(first) && second ? { service: 'tubi', id: second } : undefined
    default:
      return undefined
  }
}

const YOUTUBE_PATHS: ReadonlySet<string> = new Set(['shorts', 'embed', 'live'])
const TUBI_PATHS: ReadonlySet<string> = new Set(['movies', 'tv-shows', 'video'])

function fileService(url: Parts | undefined): 'hls' | 'dash' | 'direct' {
  if (url?.path.endsWith('.m3u8')) return 'hls'
  return url?.path.endsWith('.mpd') ? 'dash' : 'direct'
}

/** The video that an address in somebody's words means; nothing where it is no address. */
export function videoFromUrl(text: string): VideoId | undefined {
  const address = text.trim()
  return isWebAddress(address) ? videoOf(address) : undefined
}

export function isSameVideo(one: VideoId, address: string): boolean {
  const other = videoOf(address)
  return (one.service === other.service && one.id === other.id) || addressOf(one) === address
}

export function wishOf(video: VideoAdd): MediaWish | undefined {
  const address = addressOf(video)
  if (address === undefined || address.length > ROOM_LIMITS.addressLength) return undefined
  const { title, length, thumbnail, startAt, endAt } = video
  return {
    ...(length !== undefined && { durationSec: length }),
    ...(startAt !== undefined && { startAtSec: startAt }),
    ...(endAt !== undefined && { endAtSec: endAt }),
    content: {
      address,
      title: (title?.trim() || shortAddress(address)).slice(0, ROOM_LIMITS.titleLength),
      ...(thumbnail !== undefined && isWebAddress(thumbnail) && { image: thumbnail }),
    },
  }
}

/** What stands for a title that nobody knows. */
function shortAddress(address: string): string {
  return address.replace(/^https?:\/\/(www\.)?/, '')
}

export type QueueItem = VideoId & {
  readonly title: string
  readonly thumbnail?: string
  readonly length?: number
  readonly hls_url?: string
  readonly dash_url?: string
  readonly mime?: string
  readonly startAt?: number
  readonly endAt?: number
}

export function queueItemOf({
  durationSec,
  startAtSec,
  endAtSec,
  content,
}: Partial<Pick<Item, 'durationSec' | 'startAtSec' | 'endAtSec'>> & { readonly content: ItemContent }): QueueItem {
  const video = videoOf(content.address)
  const mime = video.service === 'direct' ? mimeOf(video.id) : undefined
  return {
    ...video,
    title: content.title,
    ...(content.image !== undefined && { thumbnail: content.image }),
    ...(durationSec !== undefined && { length: durationSec }),
    ...(video.service === 'hls' && { hls_url: video.id }),
    ...(video.service === 'dash' && { dash_url: video.id }),
    ...(mime !== undefined && { mime }),
    ...(startAtSec !== undefined && { startAt: startAtSec }),
    ...(endAtSec !== undefined && { endAt: endAtSec }),
  }
}

const MIMES: Readonly<Record<string, string>> = { mp4: 'video/mp4', webm: 'video/webm', ogv: 'video/ogg' }

function mimeOf(address: string): string | undefined {
  const ending = /\.(mp4|webm|ogv)(?:[?#]|$)/i.exec(address)?.[1]
  return ending && MIMES[ending.toLowerCase()]
}

function isWebAddress(text: string): boolean {
  return partsOf(text) !== undefined
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Where a video of a foreign room is; nothing can be led to one of a service that nobody knows here. */
export function addressOfForeign({ service, id }: { readonly service: string; readonly id: string }): string {
  const known = SERVICES.find((each) => each === service)
  return (known && addressOf({ service: known, id })) ?? ''
}

/** What a server of that system can play of a page: a video of a service, or a file. Of any other page it knows nothing. */
export function playableVideo(address: string): VideoId | undefined {
  const video = videoOf(address)
  const isFile = /\.(mp4|m4v|webm|ogv|mov|mp3|ogg|m4a)$/i.test(partsOf(address)?.path ?? '')
  return video.service !== 'direct' || isFile ? video : undefined
}
