/** What the scripted server knows of videos: which address means what, and how long it is. The three seeded ones are those of the captured frames. */
import { type Fields, numberOf, textOf } from '../json'
import type { Item } from './room'

const SEEDED: Readonly<Record<string, { title: string; length: number }>> = {
  dQw4w9WgXcQ: { title: 'Fixture One', length: 212 },
  '9bZkp7q19f0': { title: 'Fixture Two', length: 252 },
  jNQXAC9IVRw: { title: 'Fixture Three', length: 19 },
}
const USUAL_LENGTH_SEC = 600
const BY_ENDING: Readonly<Record<string, string>> = {
  m3u8: 'hls',
  mpd: 'dash',
  mp4: 'direct',
  webm: 'direct',
  mkv: 'direct',
  mov: 'direct',
}

export function findVideo(video: Fields, withoutLength: boolean): Item | undefined {
  const service = textOf(video['service'])
  const id = textOf(video['id'])
  if (service === undefined || id === undefined) return undefined
  const seeded = SEEDED[id]
  const title = seeded?.title ?? id.replace(/^.*\//, '')
  return {
    service,
    id,
    title,
    description: `desc ${title}`,
    ...(service === 'youtube' ? { thumbnail: `https://i.ytimg.com/vi/${id}/mqdefault.jpg` } : {}),
    ...(withoutLength ? {} : { length: seeded?.length ?? USUAL_LENGTH_SEC }),
    ...(numberOf(video['startAt']) === undefined ? {} : { startAt: Number(video['startAt']) }),
  }
}

export function findAddress(address: string, withoutLength: boolean): Item | undefined {
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  const known = (service: string, id: string | null | undefined): Item | undefined =>
    findVideo({ service, id }, withoutLength)
  if (/(^|\.)youtube\.com$/.test(url.hostname)) return known('youtube', url.searchParams.get('v'))
  if (url.hostname === 'youtu.be') return known('youtube', url.pathname.slice(1))
  if (/(^|\.)vimeo\.com$/.test(url.hostname)) return known('vimeo', url.pathname.slice(1))
  const service = BY_ENDING[/\.(\w+)$/.exec(url.pathname)?.[1] ?? '']
  return service === undefined ? undefined : known(service, address)
}
