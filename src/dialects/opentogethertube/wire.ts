/**
 * The words of this wire that both sides and its requests share: numbers of requests, close codes, names of rooms.
 * Knows no frames; their shapes are in `frames.ts` (to the server) and `server-frames.ts` (to clients).
 */

export const DIALECT = 'opentogethertube'

export const REQUEST = {
  join: 0,
  leave: 1,
  playback: 2,
  skip: 3,
  seek: 4,
  add: 5,
  remove: 6,
  order: 7,
  vote: 8,
  promote: 9,
  updateUser: 10,
  chat: 11,
  undo: 12,
  applySettings: 13,
  playNow: 14,
  shuffle: 15,
  playbackSpeed: 16,
  restoreQueue: 17,
  kick: 18,
  updateItem: 19,
} as const

export const CLOSE = {
  normal: 1000,
  goingAway: 1001,
  fault: 1011,
  later: 1013,
  unknown: 4000,
  badUrl: 4001,
  noRoom: 4002,
  unloaded: 4003,
  badToken: 4004,
  kicked: 4005,
} as const

export const STATUSES = ['none', 'buffering', 'ready', 'error'] as const
export type Status = (typeof STATUSES)[number]

export const QUEUE_MODES = ['manual', 'vote', 'loop', 'dj'] as const
export type QueueMode = (typeof QUEUE_MODES)[number]

export const SERVICES = [
  'youtube',
  'vimeo',
  'direct',
  'hls',
  'dash',
  'tubi',
  'reddit',
  'googledrive',
  'peertube',
  'pluto',
  'invidious',
  'odysee',
] as const

/** Owner, guest, registered, trusted, moderator, administrator. */
export const ROLE = { owner: -1, guest: 0, registered: 1, trusted: 2, moderator: 3, administrator: 4 } as const

export const ROOM_NAME = /^[a-z0-9_-]{1,64}$/i

/** The room that a path of the socket names, as that system folds it; nothing where it names none. */
export function roomOfPath(path: string): string | undefined {
  const name = /^\/api\/room\/([^/]+)(?:\/.*)?$/.exec(path)?.[1]
  return name !== undefined && ROOM_NAME.test(name) ? name.toLowerCase() : undefined
}
