import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseSettings, SETTINGS_TABLE } from '../../src/server/settings'

const SECRET = 'a secret of more than thirty-two bytes'

describe('settings', () => {
  it('[S20] without any wish the server listens on loopback', () => {
    expect(parseSettings([], { PATH: '/bin', HOME: '/' })).toEqual({
      ok: true,
      settings: { host: '127.0.0.1', port: 4747, dataDir: './tutti-data', logLevel: 'info' },
    })
  })

  it('[S20] takes variables, and flags before them', () => {
    const env = {
      HOST: '0.0.0.0',
      PORT: '0',
      DATA_DIR: '/data',
      PUBLIC_URL: 'https://tutti.example/',
      LOG_LEVEL: 'warn',
    }
    expect(parseSettings([], env)).toEqual({
      ok: true,
      settings: { host: '0.0.0.0', port: 0, dataDir: '/data', publicUrl: 'https://tutti.example', logLevel: 'warn' },
    })
    expect(parseSettings(['--port', '81', '--data-dir=/a=b'], env)).toMatchObject({
      settings: { port: 81, dataDir: '/a=b' },
    })
    expect(parseSettings([], { PORT: '' })).toMatchObject({ settings: { port: 4747 } })
  })

  it('[S76] says whose tokens count, and whether others may come in', () => {
    expect(parseSettings([], { AUTH_SECRET: SECRET })).toMatchObject({
      settings: { auth: { key: { kind: 'secret', secret: SECRET }, guests: false } },
    })
    const env = { AUTH_KEYS: 'keys.pem', AUTH_ISSUER: 'accounts', AUTH_AUDIENCE: 'tutti', AUTH_GUESTS: 'yes' }
    expect(parseSettings([], env)).toMatchObject({
      settings: {
        auth: { key: { kind: 'file', path: 'keys.pem' }, issuer: 'accounts', audience: 'tutti', guests: true },
      },
    })
  })

  it('[SW1] sets wires other than our own by the names that their servers have', () => {
    const env = {
      MAX_ROOMS: '5',
      RATE_LIMIT_PER_SECOND: '7',
      JWT_SECRET: SECRET,
      JWT_AUDIENCE: 'films',
      ALLOWED_ORIGINS: 'https://films.example, http://localhost:8096',
      DEFAULT_ROOM: 'Cinema',
    }
    expect(parseSettings([], env)).toMatchObject({
      settings: {
        wires: {
          frametogether: { maxRooms: 5, ratePerSec: 7 },
          opensyncparty: { hasSecret: true },
          openwatchparty: { hasSecret: true, origins: ['https://films.example', 'http://localhost:8096'] },
          opentogethertube: { defaultRoom: 'Cinema' },
        },
        wireTokens: { secret: SECRET, audience: 'films' },
      },
    })
  })

  it.each([
    ['no rooms', [], { MAX_ROOMS: '0' }, 'MAX_ROOMS'],
    ['a rate that is no number', [], { RATE_LIMIT_PER_SECOND: 'many' }, 'many'],
    ['an issuer of no tokens of another wire', [], { JWT_ISSUER: 'films' }, 'JWT_SECRET'],
    ['a secret of another wire that can be guessed', [], { JWT_SECRET: 'secret' }, '32 bytes'],
    ['an origin with a path', [], { ALLOWED_ORIGINS: 'https://films.example/web' }, 'ALLOWED_ORIGINS'],
    ['a room with a name that can be none', [], { DEFAULT_ROOM: 'a b' }, 'DEFAULT_ROOM'],
    ['all origins and some', [], { ALLOWED_ORIGINS: '*,https://films.example' }, 'not both'],
    ['an unknown flag', ['--prot', '1'], {}, '--prot'],
    ['a flag without a value', ['--port'], {}, '--port'],
    ['a word that is no flag', ['4747'], {}, '4747'],
    ['an unknown variable of ours', [], { TUTTI_PORT: '1' }, 'TUTTI_PORT'],
    ['a port out of range', [], { PORT: '65536' }, '65536'],
    ['a port that is no number', [], { PORT: '0x10' }, '0x10'],
    ['an unknown level', [], { LOG_LEVEL: 'loud' }, 'loud'],
    ['an address with a path', [], { PUBLIC_URL: 'https://tutti.example/rooms' }, 'PUBLIC_URL'],
    ['an address that is none', [], { PUBLIC_URL: 'tutti.example' }, 'PUBLIC_URL'],
    ['two ways to know a token', [], { AUTH_SECRET: SECRET, AUTH_KEYS: 'keys.pem' }, 'AUTH_KEYS'],
    ['an issuer of no tokens', [], { AUTH_ISSUER: 'accounts' }, 'AUTH_ISSUER'],
    ['an audience of no tokens', [], { AUTH_AUDIENCE: 'tutti' }, 'AUTH_AUDIENCE'],
    ['guests where there is nobody else', ['--auth-guests', 'no'], {}, 'AUTH_GUESTS'],
    ['a secret that can be guessed', [], { AUTH_SECRET: 'secret' }, '32 bytes'],
    ['neither yes nor no', [], { AUTH_SECRET: SECRET, AUTH_GUESTS: 'maybe' }, 'maybe'],
    ['an address with a password', [], { PUBLIC_URL: 'https://me:hunter2@tutti.example' }, 'PUBLIC_URL'],
  ])('[S21] says in a sentence what is wrong with %s', (_, argv, env, named) => {
    const parsed = parseSettings(argv, env)
    expect(parsed.ok).toBe(false)
    const sentence = parsed.ok ? '' : parsed.sentence
    expect(sentence).toContain(named)
    expect(sentence).toMatch(/^[^\n]+\.$/)
    for (const secret of [SECRET, 'hunter2']) expect(sentence).not.toContain(secret)
  })

  it('[S20] README tells this table', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
    const [, told] = /<!-- settings -->\n([\s\S]*?)<!-- \/settings -->/.exec(readme) ?? []
    const rows = SETTINGS_TABLE.map(
      ({ variable, flag, fallback, says }) => `| \`${variable}\` | \`${flag}\` | ${fallback} | ${says} |\n`,
    )
    expect(told).toBe(`| variable | flag | default | |\n|---|---|---|---|\n${rows.join('')}`)
  })
})
