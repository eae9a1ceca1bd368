/** A small button that shows an icon, perhaps with a count, and says its act in words. */
import { Icon, type IconName } from './icon'

type ActButtonProps = {
  name: string
  icon: IconName
  words: string
  count?: number
  /** For what can be switched on and off. */
  pressed?: boolean
  /** For what unfolds more. */
  expanded?: boolean
  disabled?: boolean
  shortcuts?: string
  onClick: () => void
  onKeyDown?: (event: KeyboardEvent) => void
}

export function ActButton({ name, icon, words, count, pressed, expanded, disabled, shortcuts, ...on }: ActButtonProps) {
  return (
    <button
      type="button"
      class={count === undefined ? 'quiet' : 'quiet counted'}
      data-testid={name}
      title={words}
      aria-label={count === undefined ? words : undefined}
      aria-pressed={pressed}
      aria-expanded={expanded}
      aria-keyshortcuts={shortcuts}
      disabled={disabled}
      {...on}
    >
      <Icon name={icon} size={16} />
      {count !== undefined && (
        <>
          <span class="hidden">{words}</span>
          <span class="figures">{count}</span>
        </>
      )}
    </button>
  )
}
