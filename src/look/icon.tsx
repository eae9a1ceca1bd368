/** One set of icons: 20 px, 1.75 stroke, in the colour of the text beside them. Silent: words go with them. */
import type { JSX } from 'preact'

const MARK = (
  <g transform="translate(-.6 -.1) scale(.84)" stroke-width="2">
    <path d="M4.5 5.2v13.6L15.2 12z" fill="none" />
    <path d="M10 5.2v13.6L20.7 12z" fill="currentColor" />
  </g>
)

const DRAWINGS = {
  mark: MARK,
  gear: (
    <>
      <path d="M8.4 4.1L8.7 2L11.3 2L11.6 4.1L13 4.7L14.7 3.4L16.6 5.3L15.3 7L15.9 8.4L18 8.7L18 11.3L15.9 11.6L15.3 13L16.6 14.7L14.7 16.6L13 15.3L11.6 15.9L11.3 18L8.7 18L8.4 15.9L7 15.3L5.3 16.6L3.4 14.7L4.7 13L4.1 11.6L2 11.3L2 8.7L4.1 8.4L4.7 7L3.4 5.3L5.3 3.4L7 4.7z" />
      <circle cx="10" cy="10" r="2.6" />
    </>
  ),
  close: <path d="M5 5l10 10M15 5L5 15" />,
  copy: (
    <>
      <rect x="7.5" y="7.5" width="9" height="9" rx="1.5" />
      <path d="M4.5 12.5A1 1 0 0 1 3.5 11.5V5A1.5 1.5 0 0 1 5 3.5h6.5a1 1 0 0 1 1 1" />
    </>
  ),
  unfold: <path d="M4 7l6 6 6-6" />,
  check: <path d="M4 10.5l4 4 8-9" />,
  qr: (
    <path d="M3.5 3.5h4.5v4.5h-4.5zM12 3.5h4.5v4.5h-4.5zM3.5 12h4.5v4.5h-4.5zM12 12h1.5M16.5 12v1.5M13.5 14.5h1.5v2M12 16.5h.1" />
  ),
  play: <path d="M6.5 4.5v11l9-5.5z" fill="currentColor" />,
  pause: <path d="M7 5v10M13 5v10" stroke-width="2.5" />,
  back10: (
    <>
      <path d="M5.2 5.3A6.8 6.8 0 1 1 3.2 10.4" />
      <path d="M5.3 1.9v3.6h3.6" />
      <text x="10.1" y="12.8" text-anchor="middle" font-size="6.8" font-weight="700" stroke="none" fill="currentColor">
        10
      </text>
    </>
  ),
  crown: <path d="M4.3 15.3L3 7.2l4 2.7L10 5l3 4.9 4-2.7-1.3 8.1z" />,
  warning: <path d="M10 3.5l7.3 12.8H2.7zM10 8.5v3.5M10 14.2v.1" />,
  offline: <path d="M3 8.3a10.5 10.5 0 0 1 14 0M6 11.6a6 6 0 0 1 8 0M10 15v.1M3.5 3.5l13 13" />,
  waiting: (
    <path d="M5 3.5h10M5 16.5h10M6.5 3.5v2.3C6.5 7.8 10 8.6 10 10c0-1.4 3.5-2.2 3.5-4.2V3.5M6.5 16.5v-2.3C6.5 12.2 10 11.4 10 10c0 1.4 3.5 2.2 3.5 4.2v2.3" />
  ),
  click: <path d="M4.5 4.5l11 4-4.7 2.1-2.1 4.9zM12 12l4 4" />,
  tab: (
    <path d="M3 6A1.5 1.5 0 0 1 4.5 4.5h11A1.5 1.5 0 0 1 17 6v8a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 3 14zM3 8.3h14M8 4.5v3.8" />
  ),
  screen: (
    <path d="M3 5.5A1.5 1.5 0 0 1 4.5 4h11A1.5 1.5 0 0 1 17 5.5v7a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 3 12.5zM7 16.8h6M8.7 7v4l3.2-2z" />
  ),
  more: <path d="M5 10h.1M10 10h.1M15 10h.1" stroke-width="2.5" />,
  up: <path d="M10 16V4.5M5 9.5l5-5 5 5" />,
  down: <path d="M10 4v11.5M5 10.5l5 5 5-5" />,
  higher: <path d="M5 12.5l5-5 5 5" />,
  lower: <path d="M5 7.5l5 5 5-5" />,
  grab: <path d="M5.5 3.5h9v13l-4.5-3.6-4.5 3.6z" />,
  skip: <path d="M4.5 4.5v11l8-5.5zM15.5 4.5v11" />,
  shuffle: (
    <path d="M3 6h2.5c4 0 4.5 8 8.5 8H17M3 14h2.5c1.3 0 2.2-.9 2.900-2M11.2 8c.7-1.1 1.5-2 2.8-2H17M14.8 3.8L17 6l-2.2 2.2M14.8 11.8L17 14l-2.2 2.2" />
  ),
  undo: <path d="M7.5 4L3.8 7.7l3.7 3.7M4 7.7h7.5a4.3 4.3 0 0 1 0 8.6H8" />,
  restore: <path d="M3.5 10a6.5 6.5 0 1 0 2-4.7L3.5 7M3.5 3.2V7h3.8M10 6.5V10l2.5 1.5" />,
  clear: <path d="M3.5 5.5h13M8 5.5V3.5h4v2M5.2 5.5l.8 11h8l.8-11M8.5 9v4.5M11.5 9v4.5" />,
  add: <path d="M10 4v12M4 10h12" />,
  send: <path d="M3.5 4.2l13.5 5.8-13.5 5.8 1.8-5.8zM5.3 10H11" />,
  smile: (
    <>
      <circle cx="10" cy="10" r="7" />
      <path d="M7 12a3.6 3.6 0 0 0 6 0M7.6 7.8v.1M12.400 7.8v.1" />
    </>
  ),
  person: (
    <>
      <circle cx="10" cy="6.8" r="3.1" />
      <path d="M3.8 16.5c.6-3.3 3-5 6.2-5s5.6 1.7 6.2 5" />
    </>
  ),
  lock: (
    <path d="M5.5 9h9a1 1 0 0 1 1 1v5.5a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1V10a1 1 0 0 1 1-1zM7 9V6.5a3 3 0 0 1 6 0V9" />
  ),
  note: (
    <>
      <path d="M8 15.2V4.8l7.5-1.8v10.5" />
      <circle cx="6" cy="15.2" r="2" fill="currentColor" />
      <circle cx="13.5" cy="13.5" r="2" fill="currentColor" />
    </>
  ),
  left: <path d="M12.5 4l-6 6 6 6" />,
  right: <path d="M7.5 4l6 6-6 6" />,
  less: <path d="M4 10h12" />,
  loud: (
    <path d="M3.5 8v4h2.700L10 15.5v-11L6.200 8zM12.800 7.5a3.5 3.5 0 0 1 0 5M15 5.300a6.600 6.600 0 0 1 0 9.400" />
  ),
  silent: <path d="M3.5 8v4h2.700L10 15.5v-11L6.200 8zM13 8l4 4M17 8l-4 4" />,
  plug: <path d="M7 3v4M13 3v4M5 7h10v2.5a5 5 0 0 1-10 0zM10 14.5V18" />,
  shield: <path d="M10 2.8l6 2.2v4.3c0 3.7-2.3 6.2-6 7.9-3.7-1.7-6-4.2-6-7.9V5zM7.3 9.8l2 2 3.5-3.8" />,
} as const satisfies Record<string, JSX.Element>

export type IconName = keyof typeof DRAWINGS

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      class="icon"
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      stroke-width="1.75"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {DRAWINGS[name]}
    </svg>
  )
}

export type GlyphName = 'in-time' | 'adjusting' | 'off' | 'held'

/** The small sign beside a state. Each has a shape of its own, so that it can be told without its colour. */
export function Glyph({ name }: { name: GlyphName }) {
  return (
    <svg class="glyph" width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
      {name === 'in-time' && <circle cx="5" cy="5" r="4" fill="currentColor" />}
      {name === 'adjusting' && (
        <>
          <circle cx="5" cy="5" r="3.3" fill="none" stroke="currentColor" stroke-width="1.4" />
          <path d="M5 1.7a3.3 3.3 0 0 1 0 6.6z" fill="currentColor" />
        </>
      )}
      {name === 'off' && <path d="M5 .6L9.6 9H.4z" fill="currentColor" />}
      {name === 'held' && <circle cx="5" cy="5" r="3.2" fill="none" stroke="currentColor" stroke-width="2" />}
    </svg>
  )
}
