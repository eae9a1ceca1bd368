/** As much as our tests use of three clients of plug.dj that have no types of their own. */

declare module 'plug-socket' {
  import type { WebSocket } from 'ws'

  type PlugSocket = WebSocket & { chat(text: string): PlugSocket; auth(token: string): PlugSocket }
  export default function socket(token?: string, options?: { url?: string; origin?: string }): PlugSocket
}

declare module 'plug-login' {
  type Options = { host?: string; authToken?: boolean; headers?: Record<string, string> }
  type LoggedIn = { session: string; cookie: string; token: string | null }
  function login(email: string, password: string, options?: Options): Promise<LoggedIn>
  namespace login {
    function user(email: string, password: string, options?: Options): Promise<LoggedIn>
    function guest(options?: Options): Promise<LoggedIn>
  }
  export default login
}

declare module 'miniplug' {
  import type { Agent } from 'node:http'

  type User = { id: number; username: string | null; role: number; guest?: boolean }
  type Media = { cid: string; title: string; format: number; duration: number }
  type Entry = { id: string; user: User; media: Media; timestamp: Date }
  type Playlist = { id: number; name: string; active: boolean; count: number }
  type Room = { id: number; slug: string; name: string; hostID: number; population: number }

  type Miniplug = {
    connect(as?: { email: string; password: string }): Promise<Miniplug>
    readonly ws: { close(): void; on(name: string, heard: (value: unknown, slug: string) => void): void }
    on(name: string, heard: (...values: never[]) => void): void
    once(name: string, heard: (...values: never[]) => void): void
    me(): User
    getMe(): Promise<User>
    users(): User[]
    guests(): number
    room(): Room | null
    createRoom(name: string, isPrivate?: boolean): Promise<{ id: number; slug: string; name: string }>
    getRooms(): Promise<Room[]>
    join(slug: string): Promise<Room>
    chat(text: string): Promise<{ cid: string; message: string; uid: number; user: User }>
    emote(text: string): Promise<unknown>
    deleteChat(cid: string): Promise<unknown>
    createPlaylist(name: string): Promise<Playlist[]>
    getPlaylists(): Promise<Playlist[]>
    activatePlaylist(id: number): Promise<unknown>
    insertMedia(id: number, media: object[], append?: boolean): Promise<Media[]>
    joinWaitlist(): Promise<unknown>
    leaveWaitlist(): Promise<unknown>
    waitlist(): User[]
    dj(): User | null
    media(): Media | null
    historyEntry(): Entry | null
    getRoomHistory(): Promise<Entry[]>
    woot(): Promise<unknown>
    meh(): Promise<unknown>
    grab(playlistId: number, historyId: string): Promise<Playlist>
    score(): { positive: number; negative: number; grabs: number; listeners: number }
    skipMe(): Promise<unknown>
    mute(id: number): Promise<unknown>
    ban(id: number): Promise<unknown>
    getBans(): Promise<{ id: number; username: string }[]>
    lockWaitlist(): Promise<unknown>
  }
  export default function miniplug(options: { host: string; agent: Agent }): Miniplug
}
