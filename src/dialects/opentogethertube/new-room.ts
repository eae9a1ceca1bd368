/** A room as this wire makes it: everybody may nearly everything, by its masks; listed only if it says so. */
import type { CreateCommand } from '../../core/room/command'
import type { CreateBody } from './frames'
import { DEFAULT_TABLE } from './grants'
import { settingsWish } from './requests'

export function newRoom({ isTemporary = true, ...wish }: Partial<CreateBody>): CreateCommand {
  return {
    type: 'create',
    control: 'everyone',
    whenHostLeaves: 'pass',
    permissions: DEFAULT_TABLE,
    settings: { ...settingsWish({ visibility: 'public', ...wish }), temporary: isTemporary },
    positionSec: 0,
    rate: 1,
    playing: false,
  }
}

/** The room that always exists is announced to nobody. */
export const defaultRoomWish: CreateCommand = newRoom({ visibility: 'unlisted' })

/** Of two who find it missing one makes it; the other looks again so often, each time after so long. */
export const MOST_TRIES = 20
export const AGAIN_MS = 50
