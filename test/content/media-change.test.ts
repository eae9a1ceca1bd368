import { expect, it } from 'vitest'
import { mediaChange } from '../../src/content/media-change'

const film = { address: 'https://film.example/1', durationSec: 5400 }

it.each([
  ['the same film in another quality', { ...film, durationSec: 5400.4 }, 'same'],
  ['something short on the same page', { ...film, durationSec: 30 }, 'ad'],
  ['another film on the same page', { ...film, durationSec: 4000 }, 'other'],
  ['another page', { address: 'https://film.example/2', durationSec: 30 }, 'other'],
  ['a stream without an end', { address: film.address }, 'other'],
])('[P9] %s', (_, shown, change) => {
  expect(mediaChange(film, shown)).toBe(change)
})

it('[P9] the film after the ad that one joined in is no ad', () => {
  expect(mediaChange({ ...film, durationSec: 30 }, film)).toBe('other')
})
