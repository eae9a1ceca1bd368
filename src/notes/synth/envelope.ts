/**
 * How loud a part of a voice is over time: risen within `attackSec`, then falling by its own tau towards what it holds.
 * Only sets what is certain when a key goes down; what a release does stands in a gain of its own (`voice.ts`), because
 * Firefox can't take hold of a curve that has already begun.
 */
export type Envelope = {
  readonly peak: number
  readonly attackSec: number
  /** Time constant of the first, quick fall. */
  readonly decayTauSec: number
  /** Share of the peak where the first fall ends; 0 for what dies away by itself. */
  readonly hold: number
  /** Time constant of the second fall, for what dies away in two stages as strings do. */
  readonly tailTauSec?: number
}

export function shape(
  gain: AudioParam,
  atSec: number,
  { peak, attackSec, decayTauSec, hold, tailTauSec }: Envelope,
): void {
  gain.setValueAtTime(0, atSec)
  gain.linearRampToValueAtTime(peak, atSec + attackSec)
  gain.setTargetAtTime(peak * hold, atSec + attackSec, decayTauSec)
  if (tailTauSec !== undefined) gain.setTargetAtTime(0, atSec + attackSec + 2 * decayTauSec, tailTauSec)
}
