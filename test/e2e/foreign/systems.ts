/** The six systems as a person meets them: what they would paste for a room at a server, and what they would fill in besides. */
import type { ForeignSystem } from '../../../src/dialects/recognise'

export type Account = { readonly email: string; readonly password: string }

export type System = {
  readonly dialect: ForeignSystem
  readonly name: string
  /** `server` is `http://host:port`. */
  pasted(server: string, room: string): string
  /** The browser is asked for leave on the way in. */
  readonly asksLeave: boolean
  /** Its wire carries no film: the player goes its own way. */
  readonly knowsNoFilm?: true
  /** Nothing can be queued there but this and its like. */
  readonly plays?: string
  /** Only who has an account may do anything there. */
  readonly hasAccounts?: true
}

const socketOf = (server: string): string => server.replace(/^http/, 'ws')

export const SYSTEMS: readonly System[] = [
  {
    dialect: 'frametogether',
    name: 'FrameTogether',
    pasted: (server, room) => `${socketOf(server)}/sync room ${room}`,
    asksLeave: false,
  },
  {
    dialect: 'opensyncparty',
    name: 'OpenSyncParty',
    pasted: (server, room) => `${server}/OpenSyncParty/ws, room ${room}`,
    asksLeave: false,
  },
  {
    dialect: 'openwatchparty',
    name: 'OpenWatchParty',
    pasted: (server, room) => `${socketOf(server)}/ws?room=${room}`,
    asksLeave: true,
  },
  {
    dialect: 'opentogethertube',
    name: 'OpenTogetherTube',
    pasted: (server, room) => `Join us: ${server}/room/${room}.`,
    asksLeave: true,
  },
  {
    dialect: 'plugdj',
    name: 'plug.dj',
    pasted: (server, room) => `${socketOf(server)}/socket?room=${room}`,
    asksLeave: true,
    hasAccounts: true,
    plays: 'https://www.youtube.com/watch?v=dQw4w9WgXcQ',
  },
  {
    dialect: 'pianorhythm',
    name: 'PianoRhythm',
    pasted: (server, room) => `${server}/api/websocket?room=${room}`,
    asksLeave: true,
    knowsNoFilm: true,
  },
]
