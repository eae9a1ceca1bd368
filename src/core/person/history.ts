/** What a person played: kept for those of whom something is kept anyway, last first, and bounded. */
import type { PersonDraft } from './draft'
import type { PersonPlayed } from './person'

export function notePlay(draft: PersonDraft, played: PersonPlayed): void {
  // Nobody is written down for what a room did by itself.
  const { rev, deleted, history } = draft.own()
  if (rev === 0 || deleted || history.some(({ id }) => id === played.id)) return
  draft.emit({ type: 'play-noted', played })
}

export function clearHistory(draft: PersonDraft): void {
  if (draft.own().history.length > 0) draft.emit({ type: 'history-cleared' })
}
