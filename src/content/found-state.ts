/**
 * What a player was like before it followed, and how to give it back like that.
 * Play state and place are the person's to keep: who leaves a room in the middle of a film goes on watching.
 */
import type { PlayerEffect } from '../core/player'

export type FoundState = { readonly rate: number; readonly preservesPitch: boolean }

export function restoreEffects(found: FoundState, now: FoundState): PlayerEffect[] {
  const effects: PlayerEffect[] = []
  if (now.rate !== found.rate) effects.push({ kind: 'set-rate', rate: found.rate })
  // Setting it anew clicks in some browsers, so only where it differs.
  if (now.preservesPitch !== found.preservesPitch) {
    effects.push({ kind: 'set-preserves-pitch', preserves: found.preservesPitch })
  }
  return effects
}
