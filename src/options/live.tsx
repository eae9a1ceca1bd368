/** Says what came to those who hear the page: requests, messages, and where the line to the server is. Drawn nowhere. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { PersonPageView } from '../messages/person-view'
import { t } from '../platform/i18n'
import { announcements } from './announce'

export function Live({ view }: { view: PersonPageView | undefined }) {
  const before = useRef<PersonPageView | undefined>(undefined)
  const [said, setSaid] = useState('')
  useLayoutEffect(() => {
    if (!view) return
    const sentences = announcements(before.current, view)
    before.current = view
    if (sentences.length > 0) setSaid(sentences.map((sentence) => t(...sentence)).join(' '))
  }, [view])
  return (
    <div class="hidden" role="status" aria-live="polite">
      {said}
    </div>
  )
}
