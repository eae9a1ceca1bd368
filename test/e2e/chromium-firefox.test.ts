/** One Chromium and one Firefox in one room. */
import { describe } from 'vitest'
import { holdsTogether } from './together'

describe('Chromium with Firefox', () => holdsTogether(['chromium', 'firefox']))
