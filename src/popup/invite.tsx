/** The room's code and the ways to hand it on: copy the code, copy the link, show it to a camera. */
import { useEffect, useState } from 'preact/hooks'
import { Icon } from '../look/icon'
import { t } from '../platform/i18n'
import { Qr } from './qr'
import { useWorld } from './world'

const SAID_FOR_MS = 2000

type Copied = 'code' | 'link' | 'failed' | undefined

type InviteProps = { code: string; link: string; isNextStep: boolean }

export function Invite({ code, link, isNextStep }: InviteProps) {
  const world = useWorld()
  const [copied, setCopied] = useState<Copied>(undefined)
  const [qrOpen, setQrOpen] = useState(false)
  useEffect(() => {
    if (!copied || copied === 'failed') return undefined
    const id = setTimeout(() => setCopied(undefined), SAID_FOR_MS)
    return () => clearTimeout(id)
  }, [copied])

  const copy = (text: string, what: 'code' | 'link') => {
    world.copy(text).then(
      () => setCopied(what),
      () => setCopied('failed'),
    )
  }
  return (
    <section class="section" aria-label={t('room')}>
      <div class="side">
        <div class="grow">
          <h2 class="label">{copied === 'code' ? t('copied') : t('room')}</h2>
          <button
            type="button"
            class="code"
            data-testid="code"
            title={t('copyCode', code)}
            aria-label={t('copyCode', code)}
            onClick={() => copy(code, 'code')}
          >
            {code}
          </button>
        </div>
        <button
          type="button"
          class={isNextStep ? 'main swap' : 'swap'}
          data-testid="copy-invite"
          onClick={() => copy(link, 'link')}
        >
          <Face shown={copied !== 'link'} icon="copy" words={t('copyInvite')} />
          <Face shown={copied === 'link'} icon="check" words={t('copied')} />
        </button>
        <button
          type="button"
          class="square"
          data-testid="show-qr"
          aria-haspopup="dialog"
          title={t('showQr')}
          aria-label={t('showQr')}
          onClick={() => setQrOpen(true)}
        >
          <Icon name="qr" />
        </button>
      </div>
      {copied === 'failed' && <p class="soft">{t('copyFailed')}</p>}
      <p class="hidden" role="status">
        {copied === 'code' || copied === 'link' ? t('copied') : ''}
      </p>
      {qrOpen && <Qr link={link} onClose={() => setQrOpen(false)} />}
    </section>
  )
}

/** Both faces of a button lie on one another, so that it keeps its width when they change. */
function Face({ shown, icon, words }: { shown: boolean; icon: 'copy' | 'check'; words: string }) {
  return (
    <span class={shown ? 'face' : 'face away'} aria-hidden={!shown}>
      <Icon name={icon} size={18} />
      {words}
    </span>
  )
}
