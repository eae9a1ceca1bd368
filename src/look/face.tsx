/** The face that somebody chose: an animal on a colour. Silent: the name goes with it. */
import type { Avatar, AvatarColour } from '../core/person/avatar'
import { ANIMAL_DRAWINGS } from './drawings'

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
      class={`avatar drawn${big ? ' big' : ''}${hue === undefined ? '' : ' hued'}`}
      {...(hue !== undefined && { style: { '--hue': hue } })}
      data-drawing={avatar.drawing}
      aria-hidden="true"
    >
      <svg
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        stroke-width="1.25"
        stroke-linecap="round"
        stroke-linejoin="round"
      >
        {ANIMAL_DRAWINGS[avatar.drawing]}
      </svg>
    </span>
  )
}
