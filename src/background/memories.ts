/**
 * What this browser remembers of its own players and loudspeakers: the latencies learned on a site, and the nudge for the
 * device that is heard. The only writer of both. Nothing of it is told to any room.
 */
import { type Heard, nudged } from '../core/nudge'
import type { ContentToBackground } from '../messages/content-to-background'
import type { LearnedPlayers } from '../messages/learned'
import type { Stored } from '../platform/storage'
import { type Remembered, recall, remember } from './remembered'
import { MOST_DEVICES, MOST_SITES } from './stored-values'

export type MemoriesDeps = {
  readonly learned: Stored<Remembered<LearnedPlayers>>
  readonly nudges: Stored<Remembered<number>>
}

export type Nudge = { readonly nudgeMs: number; readonly device?: string }

export type Memories = {
  readonly hydrate: () => Promise<void>
  readonly learnedOn: (site: string) => LearnedPlayers | undefined
  readonly learn: (site: string, word: Extract<ContentToBackground, { type: 'learned' }>) => void
  /** The device that the driven player is heard on; absent where the browser does not tell. */
  readonly heardOn: (device: string | undefined) => void
  readonly nudge: () => Nudge
  readonly nudgeBy: (heard: Heard) => void
  readonly resetNudge: () => void
}

/** Where the browser names no device there is one nudge for all of them; a name is never empty. */
const ANY_DEVICE = ''

export function createMemories(deps: MemoriesDeps): Memories {
  let sites: Remembered<LearnedPlayers> = []
  let nudges: Remembered<number> = []
  let device: string | undefined

  const nudgeMs = (): number => recall(nudges, device ?? ANY_DEVICE) ?? 0

  function keepNudge(ms: number): void {
    nudges = remember(nudges, device ?? ANY_DEVICE, ms === 0 ? undefined : ms, MOST_DEVICES)
    void deps.nudges.write(nudges)
  }

  return {
    async hydrate() {
      const [keptSites, keptNudges] = await Promise.all([deps.learned.read(), deps.nudges.read()])
      sites = keptSites ?? []
      nudges = keptNudges ?? []
    },

    learnedOn: (site) => recall(sites, site),

    learn(site, { player, learned }) {
      sites = remember(sites, site, { ...recall(sites, site), [player]: learned }, MOST_SITES)
      void deps.learned.write(sites)
    },

    heardOn(now) {
      device = now
    },

    nudge: () => ({ nudgeMs: nudgeMs(), ...(device !== undefined && { device }) }),

    nudgeBy: (heard) => keepNudge(nudged(nudgeMs(), heard)),

    resetNudge: () => keepNudge(0),
  }
}
