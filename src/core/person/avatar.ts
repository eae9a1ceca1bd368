/** What people choose to be seen as: one of a closed list of animals on one of a closed list of colours. No remote pictures. */

/** Each with the sign that stands for it where nothing is drawn. */
export const DRAWING_SIGNS = {
  fox: '🦊',
  owl: '🦉',
  otter: '🦦',
  panda: '🐼',
  badger: '🦡',
  seal: '🦭',
  tiger: '🐯',
  koala: '🐨',
  turtle: '🐢',
  penguin: '🐧',
  frog: '🐸',
  cat: '🐱',
  dog: '🐶',
  bear: '🐻',
  rabbit: '🐰',
  mouse: '🐭',
  lion: '🦁',
  wolf: '🐺',
  swan: '🦢',
  whale: '🐳',
  octopus: '🐙',
  hedgehog: '🦔',
  bee: '🐝',
  snail: '🐌',
} as const
export type Drawing = keyof typeof DRAWING_SIGNS
export const DRAWINGS = Object.keys(DRAWING_SIGNS) as [Drawing, ...Drawing[]]

export const AVATAR_COLOURS = [
  'red',
  'orange',
  'amber',
  'lime',
  'green',
  'teal',
  'cyan',
  'blue',
  'indigo',
  'violet',
  'pink',
  'grey',
] as const
export type AvatarColour = (typeof AVATAR_COLOURS)[number]

export type Avatar = { readonly drawing: Drawing; readonly colour: AvatarColour }

/** Somebody who chose none gets one by chance. `seed`: 0 ≤ seed < 1. */
export function anyAvatar(seed: number): Avatar {
  const choice = Math.floor(seed * DRAWINGS.length * AVATAR_COLOURS.length)
  return {
    drawing: DRAWINGS[choice % DRAWINGS.length] ?? 'fox',
    colour: AVATAR_COLOURS[Math.floor(choice / DRAWINGS.length)] ?? 'blue',
  }
}
