/** What had the focus may go with the next view (a removed item, a person who left): the focus stays in the part it stood in. */
import type { RefObject } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'

export function useFocusKept(): RefObject<HTMLDivElement | null> {
  const part = useRef<HTMLDivElement>(null)
  // Read while drawing, so before the document changes.
  const had = part.current?.contains(document.activeElement) === true
  useLayoutEffect(() => {
    if (had && document.activeElement === document.body) part.current?.focus({ preventScroll: true })
  })
  return part
}
