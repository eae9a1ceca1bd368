/**
 * The page behind an invite link: plain HTML that works without script and without the extension, in the look of the house.
 * Shows the code and how to come in; says so when there is no such room. Knows nothing else about the room, and must not.
 */
import tokens from '../look/tokens.css?raw'

export type InviteWishes = {
  /** Absent: no room has the code or the name in the link. */
  readonly code?: string
  /** What the host signed, if the link had it: counting, or over. */
  readonly invite?: { readonly text: string; readonly counts: boolean }
  /** Where people reach this server. */
  readonly publicUrl: string
}

const LAYOUT = `
* { box-sizing: border-box; margin: 0 }
body { min-height: 100vh; display: grid; place-items: center; padding: 24px 16px; background: var(--ground); color: var(--ink); font: 15px/24px var(--font) }
main { width: 100%; max-width: 440px; padding: 32px; background: var(--surface); border: 1px solid var(--line); border-radius: var(--radius-card); box-shadow: var(--shadow) }
header { display: flex; align-items: center; gap: 8px; font: var(--strong) }
header svg { color: var(--accent) }
h1 { margin-top: 24px; font-size: 20px; line-height: 28px; font-weight: 600 }
p { margin-top: 8px; color: var(--ink-soft) }
.code { margin: 8px 0 0; padding: 16px; background: var(--raised); border-radius: var(--radius-control); color: var(--ink); font-size: 32px; line-height: 40px; font-weight: 650; letter-spacing: .16em; text-align: center; font-variant-numeric: tabular-nums; user-select: all; overflow-wrap: anywhere }
.label { margin-top: 24px; font-size: 13px; line-height: 18px; text-align: center; color: var(--ink-soft) }
ol { margin-top: 24px; padding-left: 24px }
li { margin-top: 12px }
li::marker { color: var(--ink-soft) }
.link { user-select: all; overflow-wrap: anywhere; color: var(--ink) }
`

/** The one style of the page; its hash goes into the policy that forbids everything else. */
export const INVITE_STYLE = `${tokens}${LAYOUT}`

const MARK =
  '<svg width="24" height="24" viewBox="0 0 24 24" stroke="currentColor" stroke-width="2" stroke-linejoin="round" aria-hidden="true">' +
  '<path d="M4.5 5.2v13.6L15.2 12z" fill="none"/><path d="M10 5.2v13.6L20.7 12z" fill="currentColor"/></svg>'

export function invitePage({ code, invite, publicUrl }: InviteWishes): string {
  if (code === undefined) return page('No such room', lost())
  const link = `${publicUrl}/j/${code}`
  return page(
    `Join room ${code}`,
    found(code, invite?.counts ? `${link}?invite=${invite.text}` : link) + (invite && !invite.counts ? over() : ''),
  )
}

function found(code: string, link: string): string {
  return `
    <h1>You are invited to watch together</h1>
    <p>Tutti keeps everybody’s video at the same moment.</p>
    <p class="label" id="code">Code of the room</p>
    <p class="code" aria-labelledby="code">${escapeHtml(code)}</p>
    <ol>
      <li>Have the Tutti extension in Chrome or Firefox.</li>
      <li>Open the video that you want to watch.</li>
      <li>Click the Tutti button in the toolbar and paste this link, or the code:<br>
        <span class="link">${escapeHtml(link)}</span></li>
    </ol>`
}

function over(): string {
  return `
    <p>The invite in this link does not count any more. If the room asks for a password, ask for a new one.</p>`
}

function lost(): string {
  return `
    <h1>There is no room behind this link</h1>
    <p>A room ends when nobody has been in it for ten minutes, and a code has six letters and digits.
      Ask for the link again, or start a room of your own with the Tutti button in the toolbar.</p>`
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    <meta name="color-scheme" content="light dark">
    <title>${escapeHtml(title)} · Tutti</title>
    <style>${INVITE_STYLE}</style>
  </head>
  <body>
    <main>
      <header>${MARK} Tutti</header>${body}
    </main>
  </body>
</html>
`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '')
}
