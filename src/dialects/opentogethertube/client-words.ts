/**
 * What our client may say to a server of this wire, and nothing else: a text that is no JSON, or a number that is none, does harm there.
 * Knows no order; what is said when is in `client.ts`.
 */
import type { Grants, VideoId } from './frames'
import type { REQUEST, Status } from './wire'

export type ToServer =
  | { readonly action: 'auth'; readonly token: string }
  | { readonly action: 'status'; readonly status: Status }
  | { readonly action: 'req'; readonly request: Request }

export type SettingsChange = Readonly<{
  title?: string
  description?: string
  visibility?: 'public' | 'unlisted'
  queueMode?: 'manual' | 'vote' | 'loop'
  enableVoteSkip?: boolean
  grants?: Grants
}>
export type Added = VideoId & Readonly<{ startAt?: number; endAt?: number }>
type Type<Name extends keyof typeof REQUEST> = { readonly type: (typeof REQUEST)[Name] }

export type Request =
  | (Type<'playback'> & { readonly state: boolean })
  | Type<'skip'>
  | (Type<'seek'> & { readonly value: number })
  | (Type<'add'> & { readonly video: Added })
  | (Type<'add'> & { readonly videos: readonly Added[] })
  | (Type<'remove'> & { readonly video: VideoId })
  | (Type<'order'> & { readonly fromIdx: number; readonly toIdx: number })
  | (Type<'vote'> & { readonly video: VideoId; readonly add: boolean })
  | (Type<'promote'> & { readonly targetClientId: string; readonly role: number })
  | (Type<'chat'> & { readonly text: string })
  | (Type<'applySettings'> & { readonly settings: SettingsChange })
  | (Type<'playNow'> & { readonly video: Added })
  | Type<'shuffle'>
  | (Type<'playbackSpeed'> & { readonly speed: number })
  | (Type<'restoreQueue'> & { readonly discard?: true })
  | (Type<'kick'> & { readonly clientId: string })
  | (Type<'updateItem'> & { readonly video: VideoId; readonly update: { startAt?: number; endAt?: number } })
