/** The server as its own process, built as it is shipped: what it prints, how it ends, and what a kill leaves behind. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Said } from '../server/peer'
import { byCode, goIn } from './socket-peer'

const ROOT = resolve(import.meta.dirname, '../..')
// Inside the project, because the bundle finds its packages from where it lies.
const OUT = join(ROOT, '.cache', `server-process-${process.pid}`)

type Running = {
  readonly child: ChildProcess
  readonly url: string
  readonly output: () => string
  readonly errors: () => string
  readonly ended: Promise<number | null>
}

describe('the server process', () => {
  let dataDir: string
  const children: ChildProcess[] = []

  beforeAll(() =>
    build({
      root: ROOT,
      configFile: join(ROOT, 'vite.config.ts'),
      mode: 'server',
      logLevel: 'error',
      build: { outDir: OUT },
    }),
  )
  afterAll(() => rm(OUT, { recursive: true, force: true }))
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'tutti-process-'))
  })
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL')
    await rm(dataDir, { recursive: true, force: true })
  })

  const run = (env: Record<string, string> = {}, args: string[] = [], before: string[] = []): Omit<Running, 'url'> => {
    const [program = '', ...rest] = [...before, process.execPath, join(OUT, 'main.js'), ...args]
    const child = spawn(program, rest, {
      env: { PORT: '0', DATA_DIR: dataDir, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    children.push(child)
    let output = ''
    let errors = ''
    child.stdout.on('data', (data: Buffer) => (output += data.toString()))
    child.stderr.on('data', (data: Buffer) => (errors += data.toString()))
    const ended = new Promise<number | null>((done) => child.once('close', done))
    return { child, output: () => output, errors: () => errors, ended }
  }

  const start = async (env: Record<string, string> = {}): Promise<Running> => {
    const running = run(env)
    await new Promise<void>((ready, fail) => {
      running.child.stdout?.on('data', () => running.output().includes('\n') && ready())
      void running.ended.then(() => fail(new Error(`It ended: ${running.errors()}`)))
    })
    return { ...running, url: running.output().trim().replace('listening on ', '') }
  }

  it('[S68] prints where it listens, and nothing else, on its output', async () => {
    const server = await start()
    expect(server.output()).toMatch(/^listening on http:\/\/127\.0\.0\.1:[1-9]\d*\n$/)
    await goIn(server.url)
    server.child.kill('SIGTERM')
    await server.ended
    expect(server.output()).toMatch(/^listening on [^\n]+\n$/)
    for (const line of server.errors().trim().split('\n'))
      expect(JSON.parse(line)).toMatchObject({ msg: expect.any(String) })
  })

  it.each(['SIGTERM', 'SIGINT'] as const)(
    '[S69] on %s members are told to come back, and it ends with 0',
    async (signal) => {
      const server = await start()
      const anna = await goIn(server.url)
      server.child.kill(signal)
      expect(await anna.peer.hear('closing')).toMatchObject({ comeBackInMs: expect.any(Number) })
      expect(await anna.peer.closed()).toMatchObject({ code: 1012 })
      expect(await server.ended).toBe(0)

      const again = await start()
      const back = await goIn(again.url, { ...byCode(anna.code), token: anna.token })
      expect(back).toMatchObject({ memberId: anna.memberId, epoch: anna.epoch })
    },
  )

  it('[S5] killed without a word it comes back with its rooms, in a new epoch', async () => {
    const server = await start()
    const anna = await goIn(server.url)
    anna.peer.send({ type: 'command', ask: '1', command: { type: 'seek', positionSec: 42 } })
    await anna.peer.hear('done')
    server.child.kill('SIGKILL')
    await server.ended

    const again = await start()
    const back = await goIn(again.url, {
      ...byCode(anna.code),
      token: anna.token,
      seen: { epoch: anna.epoch, rev: anna.rev },
    })
    expect(back.memberId).toBe(anna.memberId)
    expect(back.epoch).not.toBe(anna.epoch)
    const entered = back.peer.said.find(({ type }) => type === 'entered')
    expect(entered?.['room']).toMatchObject({ timeline: { current: { positionSec: 42 } } })
  })

  it.runIf(process.platform === 'linux')(
    '[S65] [S41] a disk that takes no more: not healthy, commands are refused, and all is well once there is room',
    async () => {
      const server = await start()
      const anna = await goIn(server.url)
      // A limit on the size of its files stands in for the end of the disk.
      const limitFiles = (bytes: string): void =>
        void execFileSync('prlimit', ['--pid', String(server.child.pid), `--fsize=${bytes}:`])
      const media = { content: { title: 'Film', address: `https://films.example/${'x'.repeat(1_500)}` } }
      const ask = async (name: string): Promise<Said> => {
        anna.peer.send({ type: 'command', ask: name, command: { type: 'set-media', media } })
        return anna.peer.hear('done', 'refused')
      }
      const { size } = await stat(join(dataDir, 'rooms', 'data.mdb'))
      limitFiles(String(size))
      let answer = await ask('0')
      for (let n = 1; answer.type === 'done' && n < 40; n++) answer = await ask(String(n))
      expect(answer).toMatchObject({ code: 'server-error' })
      expect((await fetch(`${server.url}/health`)).status).toBe(503)
      expect(await ask('again')).toMatchObject({ code: 'server-error' })

      limitFiles('unlimited')
      await expect.poll(async () => (await fetch(`${server.url}/health`)).status, { timeout: 5_000 }).toBe(200)
      expect(await ask('after')).toMatchObject({ type: 'done' })
      server.child.kill('SIGTERM')
      expect(await server.ended).toBe(0)
    },
  )

  it('[S71] a second server in the same folder is turned away, and the first goes on as it was', async () => {
    const server = await start()
    const anna = await goIn(server.url)
    const second = run()
    expect(await second.ended).toBe(1)
    expect(second.errors()).toMatch(/^Another server works in the folder [^\n]+\.\n$/)
    anna.peer.send({ type: 'command', ask: '1', command: { type: 'seek', positionSec: 42 } })
    expect(await anna.peer.hear('event')).toMatchObject({ epoch: anna.epoch })
  })

  it('[S70] a port in use, a folder that can not be, a wrong setting: one sentence and exit code 1', async () => {
    const server = await start()
    const { port } = new URL(server.url)
    const file = join(dataDir, 'a-file')
    await writeFile(file, '')
    const taken = run({ PORT: port, DATA_DIR: join(dataDir, 'other') })
    const barred = run({ DATA_DIR: join(file, 'below') })
    const stranger = run({ TUTTI_PROT: '1' })
    const flagged = run({}, ['--verbose'])
    const lonely = run({ AUTH_ISSUER: 'accounts' })
    const keyless = run({ AUTH_KEYS: join(dataDir, 'missing.pem') })
    const all = [taken, barred, stranger, flagged, lonely, keyless]
    expect(await Promise.all(all.map(({ ended }) => ended))).toEqual(all.map(() => 1))
    expect(taken.errors()).toContain(`Port ${port} on 127.0.0.1 is in use.`)
    expect(barred.errors()).toContain('can not be written')
    expect(stranger.errors()).toContain('TUTTI_PROT')
    expect(flagged.errors()).toContain('--verbose')
    expect(lonely.errors()).toContain('AUTH_ISSUER')
    expect(keyless.errors()).toContain('AUTH_KEYS')
    for (const { output, errors } of all) {
      expect(output()).toBe('')
      expect(errors()).toMatch(/^[^\n]+\.\n$/)
    }
  })

  it('[S30] the shipped invite page carries the look of the house, in both themes, under a policy that lets it', async () => {
    const server = await start({ PUBLIC_URL: 'https://tutti.example' })
    const anna = await goIn(server.url)
    const page = await fetch(`${server.url}/j/${anna.code}`)
    const html = await page.text()
    expect(html).toContain('prefers-color-scheme: dark')
    expect(html).toContain('--accent: ')
    expect(html).toContain(`https://tutti.example/j/${anna.code}`)
    const style = /<style>([\s\S]*)<\/style>/.exec(html)?.[1] ?? ''
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style))
    const hash = Buffer.from(digest).toString('base64')
    expect(page.headers.get('content-security-policy')).toContain(`'sha256-${hash}'`)
  })
})
