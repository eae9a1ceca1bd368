/** Accounts elsewhere, passwords and invites on real sockets, with real hashes: the whole server as an operator sets it up. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SignJWT } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Log } from '../../src/server/log'
import { type RunningServer, startServer } from '../../src/server/server'
import { NEW_ROOM, type Said } from '../server/peer'
import { connect, goIn } from './socket-peer'

const SECRET = 'a secret that is shared with the accounts'
const line = (): void => {}
const log: Log = { debug: line, info: line, warn: line, error: line }

const account = (sub: string): Promise<string> =>
  new SignJWT({ sub, name: sub, aud: 'tutti' })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(SECRET))

describe('a server for people with accounts elsewhere', () => {
  let dataDir: string
  let server: RunningServer
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'tutti-accounts-'))
    const auth = { key: { kind: 'secret', secret: SECRET }, audience: 'tutti', guests: false } as const
    server = await startServer({ host: '127.0.0.1', port: 0, dataDir, logLevel: 'info', auth }, log)
  })
  afterEach(async () => {
    await server.stop()
    await rm(dataDir, { recursive: true })
  })

  const knock = async (door: object, token?: string): Promise<Said> => {
    const peer = await connect(server.url)
    peer.send({ type: 'hello', v: 1, ...(token === undefined ? {} : { token }) })
    await peer.hear('welcome')
    peer.send({ type: 'enter', ask: 'in', door: { kind: 'code', ...door } })
    return peer.hear('entered', 'refused')
  }

  it('[A14] [A11] [A13] an account starts a locked room; others need an account and the password, or an invite', async () => {
    const create = { ...NEW_ROOM.create, password: 'sesame' }
    const host = await goIn(server.url, { token: await account('Ada'), door: { kind: 'new', create } })
    const { code } = host
    expect(await knock({ code, password: 'sesame' })).toMatchObject({ code: 'account-needed' })
    expect(await knock({ code }, await account('Ben'))).toMatchObject({ code: 'password-needed' })
    expect(await knock({ code, password: 'wrong' }, await account('Ben'))).toMatchObject({ code: 'wrong-password' })
    const ben = await knock({ code, password: 'sesame' }, await account('Ben'))
    expect(ben).toMatchObject({
      room: { members: [{ shown: { name: 'Ada' } }, { role: 'member', shown: { name: 'Ben' } }] },
    })

    host.peer.send({ type: 'question', ask: 'q', question: { type: 'make-invite', role: 'guest', forMs: 60_000 } })
    const { invite } = (await host.peer.hear('answer'))['answer'] as { invite: string }
    expect(await knock({ code, invite })).toMatchObject({ type: 'entered' })
    const link = `${server.url}/j/${code}?invite=${invite}`
    expect(await (await fetch(link)).text()).toContain(link)
  })

  it('[A14] the same account on another device has the same seat', async () => {
    const first = await goIn(server.url, { token: await account('Ada') })
    const second = await goIn(server.url, { token: await account('Ada'), door: { kind: 'code', code: first.code } })
    expect(second.memberId).toBe(first.memberId)
    expect(await first.peer.hear('unseated')).toMatchObject({ code: 'taken-over' })
  })
})
