/** The face that somebody chose: an animal on a colour. Silent: the name goes with it. */
import { type Avatar, type AvatarColour, DRAWING_SIGNS } from '../core/person/avatar'

/** Lightness and strength are the same for all; grey has no hue. */
const HUES: Readonly<Record<AvatarColour, number | undefined>> = {
  red: 22,
  orange: 48,
  amber: 78,
  lime: 118,
  green: 148,
  teal: 180,
  cyan: 210,
  blue: 248,
  indigo: 275,
  violet: 305,
  pink: 350,
  grey: undefined,
}

export function Face({ avatar, big = false }: { avatar: Avatar; big?: boolean }) {
  const hue = HUES[avatar.colour]
  return (
    <span
      class={`avatar sign${big ? ' big' : ''}${hue === undefined ? '' : ' hued'}`}
      {...(hue !== undefined && { style: { '--hue': hue } })}
      data-drawing={avatar.drawing}
      aria-hidden="true"
    >
      {DRAWING_SIGNS[avatar.drawing]}
    </span>
  )
}
