/** What a room is set to. What people read (title, welcome) is apart, as all content is. */
import { ROOM_LIMITS } from './room-limits'
import { visible } from './visible'

export const MODES = ['manual', 'vote', 'loop', 'rotation'] as const
/** In which order the queue is played: as it stands, most votes first, round and round, or by people taking turns. */
export type Mode = (typeof MODES)[number]

export type SettingsShown = { readonly title: string; readonly description: string; readonly welcome: string }

export type Settings = {
  readonly capacity: number
  /** May those come in whose identity nobody vouches for? */
  readonly guests: boolean
  readonly chat: boolean
  /** Is it in the list of public rooms? */
  readonly listed: boolean
  /** Closed soon after the last one has left. */
  readonly temporary: boolean
  /** A password is set. */
  readonly locked: boolean
  readonly mode: Mode
  /** Does a DJ go back into the line after the turn? */
  readonly cycle: boolean
  /** Is the line closed to who may not manage it? */
  readonly djsLocked: boolean
  /** The share of connected members that skips what is played; 0 where nobody votes on that. */
  readonly skipShare: number
  readonly shown: SettingsShown
}

/** Settings as somebody wishes them; whether a password is set follows from setting one. */
export type SettingsWish = Partial<Omit<Settings, 'locked' | 'shown'>> & { readonly shown?: Partial<SettingsShown> }

export const DEFAULT_SETTINGS: Settings = {
  capacity: 100,
  guests: true,
  chat: true,
  listed: false,
  temporary: true,
  locked: false,
  mode: 'manual',
  cycle: true,
  djsLocked: false,
  skipShare: 0,
  shown: { title: '', description: '', welcome: '' },
}

/** The settings with a wish in them, each within its bounds. */
export function withWish(settings: Settings, wish: SettingsWish): Settings {
  const { shown, capacity, skipShare, ...rest } = wish
  return {
    ...settings,
    ...rest,
    ...(capacity !== undefined && { capacity: Math.min(ROOM_LIMITS.members, Math.max(1, Math.round(capacity))) }),
    ...(skipShare !== undefined && { skipShare: Math.min(1, Math.max(0, skipShare)) + 0 }),
    shown: shownFrom({ ...settings.shown, ...shown }),
  }
}

function shownFrom({ title, description, welcome }: SettingsShown): SettingsShown {
  return {
    title: visible(title).slice(0, ROOM_LIMITS.titleOfRoom),
    description: visible(description).slice(0, ROOM_LIMITS.descriptionLength),
    welcome: visible(welcome).slice(0, ROOM_LIMITS.welcomeLength),
  }
}
