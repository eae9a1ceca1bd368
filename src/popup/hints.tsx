/** What this person's own player still needs: a click, this tab, a video, leave to stay. One step each. */
import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from '../look/icon'
import type { PageView, RoomView } from '../messages/background-to-popup'
import { t } from '../platform/i18n'
import { useWorld } from './world'

export function Hints({ room, page }: { room: RoomView; page: PageView }) {
  const { post } = useWorld()
  const playHere = page.kind === 'video' && (
    <button type="button" class="small" onClick={() => post({ type: 'drive-here' })}>
      {t('playHere')}
    </button>
  )
  return (
    <>
      {room.needsClick && <Hint icon="click" what={t('needsClick')} more={t('needsClickHint')} />}
      {room.drives === 'other-tab' && (
        <Hint icon="tab" what={t('otherTab')}>
          {playHere}
        </Hint>
      )}
      {room.drives === 'nothing' &&
        (page.kind === 'video' ? (
          <Hint icon="screen" what={t('videoNotUsed')}>
            {playHere}
          </Hint>
        ) : (
          !room.goTo && <NothingToPlay address={room.mediaAddress} />
        ))}
      {room.goTo && <GoThere {...room.goTo} />}
    </>
  )
}

/** What is current has a page, and it is not the one that plays here. */
function GoThere({ host, pattern }: NonNullable<RoomView['goTo']>) {
  const { post, askForSite } = useWorld()
  const go = () => {
    // Asked inside the click; in some browsers the popup does not live to see the answer.
    const asked = askForSite(pattern)
    post({ type: 'go-there' })
    void asked.then(() => post({ type: 'site-asked' }))
  }
  return (
    <Hint icon="screen" what={t('roomPlaysElsewhere')} more={t('roomWatchesAt', host)}>
      <button type="button" class="small" data-testid="go-there" onClick={go}>
        {t('goThere', host)}
      </button>
    </Hint>
  )
}

/** Not urgent: it stands below the people. */
export function SiteToAllow({ site }: { site: NonNullable<RoomView['siteToAllow']> }) {
  const { post, askForSite } = useWorld()
  return (
    <Hint icon="shield" what={t('siteHint')}>
      <button
        type="button"
        class="small"
        data-testid="allow-site"
        onClick={() => {
          // Asked inside the click; in some browsers the popup does not live to see the answer.
          void askForSite(site.pattern).then(() => post({ type: 'site-asked' }))
        }}
      >
        {t('allowSite', site.host)}
      </button>
    </Hint>
  )
}

/** A link that people can be sent to; anything else that a room may carry is not shown as one. */
function webAddress(address: string | undefined): URL | undefined {
  if (address === undefined || !URL.canParse(address)) return undefined
  const url = new URL(address)
  return url.protocol === 'https:' || url.protocol === 'http:' ? url : undefined
}

function NothingToPlay({ address }: { address: string | undefined }) {
  const url = webAddress(address)
  return (
    <Hint icon="screen" what={t('nothingToPlay')} more={url ? t('roomWatchesAt', url.host) : t('nothingToPlayHint')}>
      {url && (
        <a class="button small" href={url.href} target="_blank" rel="noreferrer">
          {t('openSite', url.host)}
        </a>
      )}
    </Hint>
  )
}

type HintProps = { icon: IconName; what: string; more?: string; children?: ComponentChildren }

function Hint({ icon, what, more, children }: HintProps) {
  return (
    <section class="banner hint" data-testid="hint" aria-label={what}>
      <Icon name={icon} />
      <div class="grow">
        <strong>{what}</strong>
        {more && <p>{more}</p>}
        {children && <p class="remedies">{children}</p>}
      </div>
    </section>
  )
}
