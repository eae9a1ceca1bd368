/** The invite as a picture for another device's camera, over the popup until closed. */
import { useLayoutEffect, useRef } from 'preact/hooks'
import { encode } from 'uqr'
import { Icon } from '../look/icon'
import { t } from '../platform/i18n'

/** Modules of quiet space around the code that readers need. */
const BORDER = 4

export function Qr({ link, onClose }: { link: string; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => dialog.current?.showModal(), [])
  const { data, size } = encode(link, { ecc: 'M', border: BORDER })
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('')

  // Closed as the browser closes it: then it gives the focus back to where it was.
  const close = () => dialog.current?.close()
  const onKey = (event: KeyboardEvent) => {
    // Otherwise the browser closes the whole popup.
    if (event.key !== 'Escape') return
    event.preventDefault()
    close()
  }

  return (
    <dialog class="qr" ref={dialog} aria-labelledby="qr-title" onKeyDown={onKey} onClose={onClose}>
      <div class="side">
        <h2 id="qr-title" class="grow">
          {t('qrTitle')}
        </h2>
        <button type="button" class="quiet" title={t('close')} aria-label={t('close')} onClick={close}>
          <Icon name="close" />
        </button>
      </div>
      <svg class="qr-picture" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={t('qrPicture')}>
        <path d={path} shape-rendering="crispEdges" />
      </svg>
      <p class="qr-link">{link}</p>
    </dialog>
  )
}
