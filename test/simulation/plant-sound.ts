/**
 * What comes out of the loudspeaker and can't be seen in the position: sound that runs ahead of the picture, and clicks.
 * Knows only changes of the rate; where the film is, is the plant's to say.
 */
import type { PlantKind } from './plant'
import type { Chance } from './plant-world'

/** Rates this near to 1 are as good as 1 to the ear. */
const AS_ONE = 5e-4

const isAsOne = (rate: number): boolean => Math.abs(rate - 1) <= AS_ONE

export function createPlantSound({ name, sound }: PlantKind, chance: Chance) {
  let aheadMs = 0
  let skips = 0
  let clicks = 0
  return {
    /** Of a running player. */
    rateChanged(from: number, to: number, preservesPitch: boolean): void {
      if (to === 1 && sound.skipsOnReturnMs[1] > 0) {
        aheadMs += chance.between(...sound.skipsOnReturnMs)
        skips += 1
        clicks += 1
        return
      }
      if (isAsOne(from) === isAsOne(to)) return
      const away = isAsOne(from) ? to : from
      if (isAsOne(to)) aheadMs += chance.between(...(away > 1 ? sound.afterFasterMs : sound.afterSlowerMs))
      if (name === 'chromium' ? preservesPitch : sound.slowerClicks && away < 1) clicks += 1
    },
    /** Of a running player. */
    pitchChanged(): void {
      if (name === 'chromium') clicks += 1
    },
    sought(): void {
      aheadMs = 0
    },
    /** Sound minus position. */
    offMs: () => aheadMs - sound.lateMs,
    skips: () => skips,
    clicks: () => clicks,
  }
}
