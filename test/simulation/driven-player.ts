/**
 * A simulated player that the real drive, intent and follower hold on a timeline, with the timers that `follow.ts` keeps in a page.
 * Knows no room: what it is told and what is done with what it says is the caller's.
 */
import { driveStep, nextTick } from '../../src/content/drive'
import { createDrive, type DriveInput, type DriveState, type Sight } from '../../src/content/drive-state'
import type { PlayerEffect } from '../../src/core/player'
import { PLAYER_PROFILES } from '../../src/core/player-profile'
import type { Follow } from '../../src/messages/background-to-content'
import type { ContentToBackground } from '../../src/messages/content-to-background'
import { createPlant, type PlantKind, type PlantOptions } from './plant'
import type { Chance, Moments } from './plant-world'

export type DrivenPlayerWishes = {
  readonly kind: PlantKind
  readonly moments: Moments
  readonly chance: Chance
  /** The page's own clock. */
  readonly ownMs: () => number
  readonly follow: Follow
  readonly onSay: (message: ContentToBackground) => void
  readonly onDo?: (effect: PlayerEffect) => void
  readonly film?: PlantOptions
  /** How late a timer of this page may fire. */
  readonly timersLateMs?: number
}

export type DrivenPlayer = ReturnType<typeof createDrivenPlayer>

export function createDrivenPlayer(wishes: DrivenPlayerWishes) {
  const { kind, moments, chance, ownMs, onSay, onDo = () => {}, timersLateMs = 0 } = wishes
  const facts = { connected: true, ended: false, looping: false, address: 'https://film.example/1' }
  const shown: { hidden: boolean; durationSec?: number; refusesPlay: boolean } = { hidden: false, refusesPlay: false }
  let tickNumber = 0
  let isDriven = true
  const plant = createPlant(kind, moments, chance, (event) => tell({ kind: 'player-event', event }), wishes.film)

  const sight = (): Sight => ({
    ...facts,
    reading: {
      ...plant.read(ownMs(), shown.hidden),
      ...(shown.durationSec !== undefined && { durationSec: shown.durationSec }),
    },
  })

  let state: DriveState = createDrive(PLAYER_PROFILES[kind.name], undefined, wishes.follow, sight())

  function tell(input: DriveInput): void {
    if (!isDriven) return
    const step = driveStep(state, input, sight())
    state = step.state
    for (const effect of step.effects) {
      if (effect.kind === 'say') onSay(effect.message)
      else {
        onDo(effect)
        touch(effect)
      }
    }
    tickLater()
  }

  function tickLater(): void {
    tickNumber += 1
    const mine = tickNumber
    const inMs = nextTick(state, ownMs()).atMs - ownMs()
    moments.at(moments.nowMs() + Math.max(1, inMs) + chance.between(0, timersLateMs), () => {
      if (mine === tickNumber) tell({ kind: 'tick' })
    })
  }

  function touch(effect: PlayerEffect): void {
    if (effect.kind !== 'play' || !shown.refusesPlay) plant.apply(effect)
    else moments.at(moments.nowMs() + 1, () => tell({ kind: 'play-refused' }))
  }

  tell({ kind: 'tick' })

  return {
    facts,
    shown,
    plant,
    tell,
    /** What any hands do to the player, told to nobody. */
    touch,
    suspension: () => state.follower.suspension,
    letGo() {
      isDriven = false
      tickNumber += 1
    },
  }
}
