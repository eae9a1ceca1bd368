import { expect, it } from 'vitest'
import { restoreEffects } from '../../src/content/found-state'

it('[P16] rate and pitch setting are given back as they were found', () => {
  expect(restoreEffects({ rate: 1.25, preservesPitch: true }, { rate: 1.0001, preservesPitch: false })).toEqual([
    { kind: 'set-rate', rate: 1.25 },
    { kind: 'set-preserves-pitch', preserves: true },
  ])
})

it('[P16] what is as it was found is not touched', () => {
  const found = { rate: 1, preservesPitch: true }
  expect(restoreEffects(found, found)).toEqual([])
})
