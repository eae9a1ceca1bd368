/**
 * Passwords of rooms: scrypt, off the main thread, few at a time, since each takes memory and a core for a while.
 * Knows no rooms and no people. A hash carries what it was made with, so that it stays good when the costs are raised.
 */
import { type BinaryLike, randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'

export type Passwords = {
  /** Nothing: too many are being worked on. */
  hash(password: string): Promise<string | undefined>
  matches(password: string, hash: string): Promise<boolean | undefined>
}

type Cost = { readonly N: number; readonly r: number; readonly p: number }

/** 16 MiB and some 50 ms each; guesses are counted elsewhere, so it need not be more. */
const COST: Cost = { N: 2 ** 14, r: 8, p: 1 }
const SALT_BYTES = 16
const KEY_BYTES = 32
/** Half of Node's pool: the store's writes need the other half. */
const AT_ONCE = 2
const MAX_IN_LINE = 64

/** The cost is an argument only because tests have no time. */
export function createPasswords(cost: Cost = COST): Passwords {
  let running = 0
  const line: (() => void)[] = []

  const inLine = async <Result>(work: () => Promise<Result>): Promise<Result | undefined> => {
    if (running >= AT_ONCE) {
      if (line.length >= MAX_IN_LINE) return undefined
      // Whoever ends hands on the place, so nobody who comes later gets in between.
      await new Promise<void>((go) => line.push(go))
    } else running += 1
    try {
      return await work()
    } finally {
      const next = line.shift()
      if (next) next()
      else running -= 1
    }
  }

  return {
    hash: (password) =>
      inLine(async () => {
        const salt = randomBytes(SALT_BYTES)
        const key = await derive(password, salt, cost)
        return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$')
      }),
    async matches(password, hash) {
      const [kind, N, r, p, salt = '', wanted = ''] = hash.split('$')
      if (kind !== 'scrypt') return false
      const key = Buffer.from(wanted, 'base64url')
      return inLine(async () => {
        const then = { N: Number(N), r: Number(r), p: Number(p) }
        const got = await derive(password, Buffer.from(salt, 'base64url'), then)
        return key.length === got.length && timingSafeEqual(key, got)
      })
    },
  }
}

function derive(password: string, salt: BinaryLike, options: ScryptOptions): Promise<Buffer> {
  // The same letters, however a keyboard composes them.
  const text = password.normalize('NFKC')
  return new Promise((resolve, reject) =>
    scrypt(text, salt, KEY_BYTES, options, (error, key) => (error ? reject(error) : resolve(key))),
  )
}
