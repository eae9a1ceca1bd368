/** A hand for each wire that is bridged. */
import type { HandMaker } from '../hand'
import { frametogetherHand } from './frametogether'
import { opensyncpartyHand } from './opensyncparty'
import { opentogethertubeHand } from './opentogethertube'
import { openwatchpartyHand } from './openwatchparty'
import { pianorhythmHand } from './pianorhythm'
import { plugdjHand } from './plugdj'
import { tuttiHand } from './tutti'

export const HANDS: Readonly<Record<string, HandMaker>> = {
  tutti: tuttiHand,
  frametogether: frametogetherHand,
  opensyncparty: opensyncpartyHand,
  openwatchparty: openwatchpartyHand,
  opentogethertube: opentogethertubeHand,
  plugdj: plugdjHand,
  pianorhythm: pianorhythmHand,
}
