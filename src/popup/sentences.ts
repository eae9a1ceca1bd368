/**
 * What happened and what is the matter, as sentences of the locales.
 * Pure: it chooses the sentence; saying it in the person's language is somebody else's.
 */
import type { Patience, SuspensionReason, WaitableReason } from '../core/room/room'
import { formatRate, formatSpanMs, formatTime } from '../look/format'
import type { PersonView, RoomView } from '../messages/background-to-popup'
import type { MessageKey, Sentence } from '../platform/i18n'

type Act = NonNullable<RoomView['lastAct']>

/** Longer jumps are told by where they led: nobody feels what 1834 seconds are. */
const LONGEST_SKIP_SEC = 120

/** How many people a sentence can name before it only counts them. */
const NAMED = 2

type ListOf = (items: readonly string[]) => string

/** "Clever Fox skipped back 10 s", "You paused" */
export function actSentence(act: Act, language: string, listOf: ListOf): Sentence {
  switch (act.kind) {
    case 'play':
      return by(act.who, 'actPlay', 'actPlayYou', 'actPlayBy')
    case 'pause':
      return by(act.who, 'actPause', 'actPauseYou', 'actPauseBy')
    case 'set-rate':
      return by(act.who, 'actRate', 'actRateYou', 'actRateBy', formatRate(act.rate, language))
    case 'wait':
      return by(act.who, 'actWait', 'actWaitYou', 'actWaitBy')
    case 'go-on':
      return goOnSentence(act.without ?? [], listOf)
    case 'set-media':
      return by(act.who, 'actMedia', 'actMediaYou', 'actMediaBy')
    case 'seek': {
      const bySec = act.toSec - act.fromSec
      const size = Math.abs(bySec)
      if (size === 0 || size > LONGEST_SKIP_SEC)
        return by(act.who, 'actGoTo', 'actGoToYou', 'actGoToBy', formatTime(act.toSec))
      const span = size < 1 ? formatSpanMs(size * 1000, language) : `${Math.round(size)} s`
      return bySec < 0
        ? by(act.who, 'actBack', 'actBackYou', 'actBackBy', span)
        : by(act.who, 'actAhead', 'actAheadYou', 'actAheadBy', span)
    }
  }
}

function goOnSentence(without: NonNullable<Act['without']>, listOf: ListOf): Sentence {
  if (without.length === 0) return ['actGoOn']
  if (without.length > NAMED) return ['actGoOnWithoutMany', String(without.length)]
  const [first] = without
  if (without.length === 1 && first?.isSelf) return ['actGoOnWithoutYou']
  return ['actGoOnWithout', listOf(without.map(({ name }) => name))]
}

function by(who: Act['who'], nobody: MessageKey, self: MessageKey, other: MessageKey, ...rest: string[]): Sentence {
  if (!who) return [nobody, ...rest]
  return who.isSelf ? [self, ...rest] : [other, who.name, ...rest]
}

const REASONS: Readonly<Record<SuspensionReason, MessageKey>> = {
  buffering: 'reasonBuffering',
  ad: 'reasonAd',
  'autoplay-blocked': 'reasonClick',
  scrubbing: 'reasonScrubbing',
  away: 'reasonAway',
  elsewhere: 'reasonElsewhere',
  error: 'reasonError',
}

export function reasonKey(reason: SuspensionReason): MessageKey {
  return REASONS[reason]
}

/** How a person stands, in words, where it is not a figure. */
export function statusKey(
  status: Exclude<PersonView['status'], { kind: 'following' }>,
  roomPlays: boolean,
): MessageKey {
  switch (status.kind) {
    case 'paused':
      // In a room that stands still, standing still is what everybody is there for.
      return roomPlays ? 'statusPaused' : 'statusInPlace'
    case 'held':
      return reasonKey(status.reason)
    case 'away':
      return 'reasonAway'
    case 'settling':
      return 'statusSettling'
    case 'no-report':
      return 'statusNoReport'
  }
}

/** Who is waited for: "Waiting for you", "Waiting for Brave Otter and Quiet Owl", "Waiting for 4 people". */
export function waitingSentence(waitedFor: NonNullable<RoomView['waiting']>['for'], listOf: ListOf): Sentence {
  const [first] = waitedFor
  if (waitedFor.length === 1 && first?.isSelf) return ['waitingForYou']
  if (waitedFor.length > NAMED) return ['waitingForMany', String(waitedFor.length)]
  return ['waitingFor', listOf(waitedFor.map((person) => person.name))]
}

const PATIENCE_REASONS: Readonly<Record<WaitableReason, MessageKey>> = {
  buffering: 'patienceBuffering',
  ad: 'patienceAd',
  'autoplay-blocked': 'patienceClick',
}

export function patienceReasonKey(reason: WaitableReason): MessageKey {
  return PATIENCE_REASONS[reason]
}

/** "Waits up to 10 s for loading and ads" */
export function patienceSentence(
  { mostSec, reasons }: Patience,
  listOf: ListOf,
  wordsOf: (key: MessageKey) => string,
): Sentence {
  if (mostSec === 0 || reasons.length === 0) return ['patienceNobody']
  return ['patienceFor', String(mostSec), listOf(reasons.map((reason) => wordsOf(patienceReasonKey(reason))))]
}
