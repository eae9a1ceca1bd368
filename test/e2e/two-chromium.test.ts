/** Two Chromium profiles in one room. */
import { describe } from 'vitest'
import { holdsTogether } from './together'

describe('Chromium with Chromium', () => {
  holdsTogether(['chromium', 'chromium'])
})
