/** Copies a text by a click and says so; if the browser does not let it, says that. */
import { useEffect, useState } from 'preact/hooks'
import { Icon } from '../look/icon'
import { t } from '../platform/i18n'
import { useWorld } from './world'

const SAID_FOR_MS = 2000

type CopyButtonProps = { name: string; text: string; words: string }

export function CopyButton({ name, text, words }: CopyButtonProps) {
  const world = useWorld()
  const [copied, setCopied] = useState<'yes' | 'failed' | undefined>(undefined)
  useEffect(() => {
    if (copied !== 'yes') return undefined
    const id = setTimeout(() => setCopied(undefined), SAID_FOR_MS)
    return () => clearTimeout(id)
  }, [copied])
  const copy = () =>
    world.copy(text).then(
      () => setCopied('yes'),
      () => setCopied('failed'),
    )
  return (
    <>
      <button type="button" class="small" data-testid={name} onClick={() => void copy()}>
        <Icon name={copied === 'yes' ? 'check' : 'copy'} size={16} />
        {words}
      </button>
      <span class={copied === 'failed' ? 'soft' : 'hidden'} role="status">
        {copied === 'yes' ? t('copied') : copied === 'failed' ? t('copyNotAllowed') : ''}
      </span>
    </>
  )
}
