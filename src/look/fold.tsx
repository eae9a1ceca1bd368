/** A quiet line that unfolds what is seldom needed. Keeps nothing but whether it is open. */
import type { ComponentChildren } from 'preact'
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { Icon, type IconName } from './icon'

type FoldProps = {
  /** For tests and for whoever looks for it. */
  name: string
  words: string
  icon?: IconName
  onOpen?: () => void
  children: ComponentChildren
}

export function Fold({ name, words, icon, onOpen, children }: FoldProps) {
  const [open, setOpen] = useState(false)
  const id = useId()
  const panel = useRef<HTMLDivElement>(null)
  // It often stands at the lower end of what scrolls.
  useLayoutEffect(() => {
    if (open) panel.current?.scrollIntoView({ block: 'nearest' })
  }, [open])
  const toggle = () => {
    if (!open) onOpen?.()
    setOpen(!open)
  }
  return (
    <div class="fold">
      <button type="button" class="ask" data-testid={name} aria-expanded={open} aria-controls={id} onClick={toggle}>
        {icon && <Icon name={icon} size={16} />}
        <span class="grow">{words}</span>
        <Icon name="unfold" size={12} />
      </button>
      <div class="stack folded" id={id} ref={panel} hidden={!open}>
        {open && children}
      </div>
    </div>
  )
}
