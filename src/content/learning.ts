/**
 * What is known of this page's kinds of player, from earlier visits and from this one; tells the background what is new, at
 * once but not again within a few seconds. Knows no player and no port, and does not learn itself: the follower does.
 */
import type { Learned } from '../core/follower/learned'
import type { PlayerProfile } from '../core/player-profile'
import type { ContentToBackground } from '../messages/content-to-background'
import type { LearnedPlayers, PlayerKind } from '../messages/learned'
import type { Cancel, Timers } from '../platform/timers'
import type { PlayerTraits } from './player-shell'

export type Learning = {
  /** From earlier visits. What this one has learned counts more. */
  told(earlier: LearnedPlayers): void
  of(player: PlayerKind): Learned | undefined
  note(player: PlayerKind, learned: Learned): void
  /** Says what is not said yet. */
  flush(): void
}

/** One start teaches one thing; a person who seeks about shall not keep the storage busy. */
const SAY_EVERY_MS = 5000

export function playerKindOf(profile: PlayerProfile, { isStream, isMuted }: PlayerTraits): PlayerKind {
  return `${profile.name} ${isStream ? 'stream' : 'file'} ${isMuted ? 'muted' : 'heard'}`
}

export function createLearning(timers: Timers, say: (message: ContentToBackground) => void): Learning {
  let known: { readonly [Player in PlayerKind]?: Learned } = {}
  const unsaid = new Set<PlayerKind>()
  let resting: Cancel | undefined

  function sayAll(): void {
    for (const player of unsaid) {
      const learned = known[player]
      if (learned) say({ type: 'learned', player, learned: copyOf(learned) })
    }
    unsaid.clear()
  }

  function sayAndRest(): void {
    sayAll()
    resting = timers.after(SAY_EVERY_MS, () => {
      resting = undefined
      if (unsaid.size > 0) sayAndRest()
    })
  }

  return {
    told(earlier) {
      known = { ...earlier, ...known }
    },

    of: (player) => known[player],

    note(player, learned) {
      known = { ...known, [player]: learned }
      unsaid.add(player)
      if (!resting) sayAndRest()
    },

    flush() {
      resting?.()
      resting = undefined
      sayAll()
    },
  }
}

function copyOf({ playSec, resumeSec, seekSec }: Learned) {
  return { playSec: [...playSec], resumeSec: [...resumeSec], seekSec: [...seekSec] }
}
