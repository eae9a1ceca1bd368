/** Says what changed to those who hear the popup. Drawn nowhere. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { View } from '../messages/background-to-popup'
import { language, listOf, t } from '../platform/i18n'
import { announcements } from './announce'

export function Live({ view }: { view: View | undefined }) {
  const before = useRef<View | undefined>(undefined)
  const [said, setSaid] = useState('')
  useEffect(() => {
    if (!view) return
    const sentences = announcements(before.current, view, { language: language(), listOf, wordsOf: t })
    before.current = view
    if (sentences.length > 0) setSaid(sentences.map((sentence) => t(...sentence)).join(' '))
  }, [view])
  return (
    <div class="hidden" role="status" aria-live="polite">
      {said}
    </div>
  )
}
