import { expect, it } from 'vitest'
import { NO_OFFSET, offsetMs, withPong } from '../../src/core/clock-offset'

it('[P17] the quickest exchange is believed', () => {
  let offset = NO_OFFSET
  offset = withPong(offset, { sentMs: 1000, backgroundMs: 1090 }, 1060)
  offset = withPong(offset, { sentMs: 2000, backgroundMs: 2031 }, 2002)
  offset = withPong(offset, { sentMs: 3000, backgroundMs: 3020 }, 3100)
  expect(offsetMs(offset)).toBe(30)
})

it('[P17] what stamps and the way there and back can explain is no difference', () => {
  expect(offsetMs(withPong(NO_OFFSET, { sentMs: 1000, backgroundMs: 1002.4 }, 1001))).toBe(0)
  expect(offsetMs(withPong(NO_OFFSET, { sentMs: 1000, backgroundMs: 1013 }, 1014))).toBe(0)
  expect(offsetMs(withPong(NO_OFFSET, { sentMs: 1000, backgroundMs: 1017 }, 1014))).toBe(10)
  expect(offsetMs(NO_OFFSET)).toBe(0)
})

it('[P17] what is older than the last five exchanges is forgotten', () => {
  let offset = withPong(NO_OFFSET, { sentMs: 0, backgroundMs: 500 }, 0)
  for (let n = 1; n <= 5; n += 1) offset = withPong(offset, { sentMs: n, backgroundMs: n + 0.5 }, n + 1)
  expect(offsetMs(offset)).toBe(0)
})
