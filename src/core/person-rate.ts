/**
 * Which rate a person meant, given what the player shows.
 * While the follower corrects, a player rests a little beside the room's rate; a site whose buttons add to the rate
 * that they find then ends beside the rate that the person wanted. Knows nothing of why a rate changed.
 */

/** Menus offer steps of 0.05 and coarser. */
const MENU_STEP = 0.05
const MENU_TOLERANCE = 0.0015

const round = (value: number, step: number) => Number((Math.round(value / step) * step).toFixed(4))

/** `ownRate`: what our side had set last. `baseRate`: the room's. */
export function personRate(shownRate: number, ownRate: number, baseRate: number): number {
  const onMenu = round(shownRate, MENU_STEP)
  if (Math.abs(shownRate - onMenu) < MENU_TOLERANCE) return onMenu
  const added = shownRate - (ownRate - baseRate)
  return round(added, 0.01)
}
