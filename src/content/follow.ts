/**
 * Holds one player on the timeline until it is let go: gives `drive` its inputs, does its effects, keeps its timer.
 * Decides nothing. It does not know the port: it goes on while there is none.
 */
import type { Learned } from '../core/follower/learned'
import type { PlayerProfile } from '../core/player-profile'
import type { Follow } from '../messages/background-to-content'
import type { ContentToBackground } from '../messages/content-to-background'
import type { Timers } from '../platform/timers'
import { driveStep, nextTick } from './drive'
import { createDrive, type DriveInput, learnedBy } from './drive-state'
import { restoreEffects } from './found-state'
import type { PlayerShell } from './player-shell'

export type Following = {
  tell(input: DriveInput): void
  /** Why this player can't play just now, if it can't: for a background that does not know. */
  suspension(): ContentToBackground | undefined
  /** Gives the player back as it was found. */
  letGo(): void
}

/** Timers fire late on a busy machine, so a moment that counts is approached in two steps. */
const EARLY_MS = 40

export function follow(
  player: PlayerShell,
  first: {
    readonly follow: Follow
    readonly backgroundOffsetMs: number
    readonly profile: PlayerProfile
    readonly learned: Learned | undefined
  },
  timers: Timers,
  say: (message: ContentToBackground) => void,
  onLearned: (learned: Learned) => void,
): Following {
  const found = player.found()
  let state = createDrive(first.profile, first.learned, first.follow, player.sight())
  let cancelTimer = () => {}
  let isFollowing = true

  function tell(input: DriveInput): void {
    if (!isFollowing) return
    const step = driveStep(state, input, player.sight())
    const before = learnedBy(state)
    state = step.state
    if (learnedBy(state) !== before) onLearned(learnedBy(state))
    try {
      for (const effect of step.effects) {
        if (effect.kind === 'say') say(effect.message)
        else player.apply(effect)
      }
    } finally {
      // A page may have made its player throw; the next look is due all the same.
      arm()
    }
  }

  function arm(): void {
    cancelTimer()
    const nowMs = player.sight().reading.atMs
    const next = nextTick(state, nowMs)
    const inMs = next.atMs - nowMs
    if (next.exact && inMs > EARLY_MS + 20) cancelTimer = timers.after(inMs - EARLY_MS, arm)
    else cancelTimer = timers.after(Math.max(0, inMs), () => tell({ kind: 'tick' }))
  }

  const stopListening = player.listen({
    onEvent: (event) => tell({ kind: 'player-event', event }),
    onPlayRefused: () => tell({ kind: 'play-refused' }),
  })
  const stopWatching = watchPerson(tell, timers)
  tell({ kind: 'clock-offset', offsetMs: first.backgroundOffsetMs })
  tell({ kind: 'tick' })

  return {
    tell,
    suspension: () => state.follower.suspension && { type: 'suspended', reason: state.follower.suspension },
    letGo() {
      isFollowing = false
      cancelTimer()
      stopListening()
      stopWatching()
      for (const effect of restoreEffects(found, player.found())) player.apply(effect)
    },
  }
}

/** Only what the browser itself says of a person's hands; a page can't make trusted events. */
function watchPerson(tell: (input: DriveInput) => void, timers: Timers): () => void {
  const stop = new AbortController()
  const on = (names: readonly string[], handle: () => void) => {
    const handleTrusted = (event: Event) => {
      if (event.isTrusted) handle()
    }
    for (const name of names) {
      window.addEventListener(name, handleTrusted, { capture: true, passive: true, signal: stop.signal })
    }
  }
  on(['pointerdown'], () => tell({ kind: 'pointer', held: true }))
  on(['pointerup', 'pointercancel'], () => tell({ kind: 'pointer', held: false }))
  on(['keydown', 'click'], () => {
    tell({ kind: 'touched' })
    // The page has the click first: a picture that toggles would pause at once what we had started before it.
    timers.after(0, () => tell({ kind: 'clicked' }))
  })
  return () => stop.abort()
}
