import { describe, expect, it } from 'vitest'
import { createPasswords } from '../../src/server/passwords'

const CHEAP = { N: 16, r: 1, p: 1 }

describe('passwords of rooms', () => {
  it('[A10] are kept as salted scrypt: the same one twice looks different, and neither shows it', async () => {
    const passwords = createPasswords()
    const [one = '', two = ''] = await Promise.all([passwords.hash('öpen sésame'), passwords.hash('öpen sésame')])
    expect(one).toMatch(/^scrypt\$16384\$8\$1\$[\w-]{22}\$[\w-]{43}$/)
    expect(two).not.toBe(one)
    expect(await passwords.matches('öpen sésame', one)).toBe(true)
    expect(await passwords.matches('öpen sésame'.normalize('NFD'), one)).toBe(true)
    expect(await passwords.matches('open sesame', one)).toBe(false)
    expect(await passwords.matches('', one)).toBe(false)
  })

  it('[A10] a hash made at another cost is still good, and nonsense matches nothing', async () => {
    const passwords = createPasswords()
    const older = (await createPasswords(CHEAP).hash('sesame')) ?? ''
    expect(await passwords.matches('sesame', older)).toBe(true)
    expect(await passwords.matches('anything', '')).toBe(false)
  })

  it('[A10] few are worked on at a time; beyond a line of 64 there is no answer, and later there is', async () => {
    const passwords = createPasswords(CHEAP)
    const asked = await Promise.all(Array.from({ length: 70 }, () => passwords.hash('x')))
    expect(asked.filter((hash) => hash === undefined)).toHaveLength(4)
    expect(await passwords.hash('x')).toBeDefined()
  })
})
