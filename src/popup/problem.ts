/**
 * What stood in the way, as two sentences (what is, what to do next) and perhaps a button that does it.
 * Every refusal code has its own; one that is forgotten here does not compile.
 */
import type { RefusalCode } from '../core/room/refusal'
import type { Problem } from '../messages/background-to-popup'
import type { MessageKey, Sentence } from '../platform/i18n'

export type ProblemText = {
  readonly what: Sentence
  readonly next: Sentence
  /** In the words of who decided it. */
  readonly reason?: string
  readonly remedy?: 'retry' | 'settings'
}

export const REFUSALS: Readonly<Record<RefusalCode, readonly [what: MessageKey, next: MessageKey]>> = {
  'no-such-room': ['refusalNoSuchRoom', 'refusalNoSuchRoomHint'],
  'room-full': ['refusalRoomFull', 'refusalRoomFullHint'],
  'room-closed': ['refusalRoomClosed', 'refusalRoomClosedHint'],
  'already-in-room': ['refusalAlreadyInRoom', 'refusalAlreadyInRoomHint'],
  'not-in-room': ['refusalNotInRoom', 'refusalNotInRoomHint'],
  'host-controls': ['refusalHostControls', 'refusalHostControlsHint'],
  'host-only': ['refusalHostOnly', 'refusalHostOnlyHint'],
  'not-allowed': ['refusalNotAllowed', 'refusalNotAllowedHint'],
  'not-over-them': ['refusalNotOverThem', 'refusalNotOverThemHint'],
  'no-such-member': ['refusalNoSuchMember', 'refusalNoSuchMemberHint'],
  'wrong-password': ['refusalWrongPassword', 'refusalWrongPasswordHint'],
  'guests-not-allowed': ['refusalGuestsNotAllowed', 'refusalGuestsNotAllowedHint'],
  banned: ['refusalBanned', 'refusalBannedHint'],
  kicked: ['refusalKicked', 'refusalKickedHint'],
  muted: ['refusalMuted', 'refusalMutedHint'],
  'chat-off': ['refusalChatOff', 'refusalChatOffHint'],
  'bad-line': ['refusalBadLine', 'refusalBadLineHint'],
  'no-such-line': ['refusalNoSuchLine', 'refusalNoSuchLineHint'],
  'no-such-item': ['refusalNoSuchItem', 'refusalNoSuchItemHint'],
  'already-queued': ['refusalAlreadyQueued', 'refusalAlreadyQueuedHint'],
  'queue-full': ['refusalQueueFull', 'refusalQueueFullHint'],
  'nothing-to-undo': ['refusalNothingToUndo', 'refusalNothingToUndoHint'],
  'nothing-to-skip': ['refusalNothingToSkip', 'refusalNothingToSkipHint'],
  'no-rotation': ['refusalNoRotation', 'refusalNoRotationHint'],
  'turns-decide': ['refusalTurnsDecide', 'refusalTurnsDecideHint'],
  'booth-locked': ['refusalBoothLocked', 'refusalBoothLockedHint'],
  'too-many': ['refusalTooMany', 'refusalTooManyHint'],
  'password-needed': ['refusalPasswordNeeded', 'refusalPasswordNeededHint'],
  'too-many-tries': ['refusalTooManyTries', 'refusalTooManyTriesHint'],
  'invite-over': ['refusalInviteOver', 'refusalInviteOverHint'],
  'account-needed': ['refusalAccountNeeded', 'refusalAccountNeededHint'],
  'no-open-room': ['refusalNoOpenRoom', 'refusalNoOpenRoomHint'],
  'bad-alias': ['refusalBadAlias', 'refusalBadAliasHint'],
  'alias-taken': ['refusalAliasTaken', 'refusalAliasTakenHint'],
  'bad-name': ['refusalBadName', 'refusalBadNameHint'],
  'out-of-range': ['refusalOutOfRange', 'refusalOutOfRangeHint'],
  'not-due': ['refusalNotDue', 'refusalNotDueHint'],
  'bad-frame': ['refusalBadFrame', 'refusalBadFrameHint'],
  'frame-too-long': ['refusalFrameTooLong', 'refusalFrameTooLongHint'],
  'unsupported-version': ['refusalUnsupportedVersion', 'refusalUnsupportedVersionHint'],
  'bad-token': ['refusalBadToken', 'refusalBadTokenHint'],
  'too-fast': ['refusalTooFast', 'refusalTooFastHint'],
  'too-many-joins': ['refusalTooManyJoins', 'refusalTooManyJoinsHint'],
  'too-many-rooms': ['refusalTooManyRooms', 'refusalTooManyRoomsHint'],
  'taken-over': ['refusalTakenOver', 'refusalTakenOverHint'],
  'no-answer': ['refusalNoAnswer', 'refusalNoAnswerHint'],
  'server-error': ['refusalServerError', 'refusalServerErrorHint'],
}

/** What somebody pasted may be a page long; the sentence around it must stay readable. */
const QUOTED_LENGTH = 40

function quote(text: string): string {
  return text.length > QUOTED_LENGTH ? `${text.slice(0, QUOTED_LENGTH - 1)}…` : text
}

export function problemText(problem: Problem): ProblemText {
  switch (problem.kind) {
    case 'refused': {
      const [what, next] = REFUSALS[problem.code]
      return { what: [what], next: [next], ...(problem.reason && { reason: problem.reason }) }
    }
    case 'no-server':
      return { what: ['noServer', hostOf(problem.server)], next: ['noServerHint'], remedy: 'retry' }
    case 'not-understood':
      return { what: ['notUnderstood'], next: ['notUnderstoodHint', quote(problem.text)] }
    case 'bad-server':
      return problem.why === 'needs-https'
        ? { what: ['needsHttps'], next: ['needsHttpsHint', quote(problem.text)], remedy: 'settings' }
        : { what: ['badServer'], next: ['badServerHint', quote(problem.text)], remedy: 'settings' }
  }
}

/** The part of an address that people know a server by. */
export function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address
}
