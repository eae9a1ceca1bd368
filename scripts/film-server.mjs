/**
 * Serves the test film and three plain pages on loopback: one with the film, one without any video, and one whose
 * video only appears after a click. Ranges are answered, or no player could seek.
 */
import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'

const MEDIA = fileURLToPath(new URL('../test/media/', import.meta.url))
/** @type {Readonly<Record<string, string>>} */
const TYPES = { '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.webm': 'video/webm' }
const FILES = ['film.html', 'no-video.html', 'after-click.html', 'page.css', 'film.webm']

/**
 * @param {string | undefined} header like `bytes=100-`
 * @param {number} size
 * @returns {{ start: number, end: number } | undefined} both ends count; nothing if the header asks for no single range
 */
export function parseRange(header, size) {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if (!from && !to) return undefined
  const start = from ? Number(from) : Math.max(0, size - Number(to))
  const end = from && to ? Math.min(Number(to), size - 1) : size - 1
  return start <= end ? { start, end } : undefined
}

/**
 * A slow connection that can be switched on: what lies from `fromByte` to `toByte` is held back until it is let through.
 * @typedef {object} Tap
 * @property {number} fromByte
 * @property {number} toByte
 * @property {Promise<void>} open resolves when everything may flow
 */

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {string} film its path
 * @param {() => Tap | undefined} tap
 */
async function answer(request, response, film, tap) {
  const name = new URL(request.url ?? '/', 'http://here').pathname.slice(1)
  if (!FILES.includes(name)) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('Not here.\n')
    return
  }
  const path = name === 'film.webm' ? film : join(MEDIA, name)
  const type = TYPES[extname(name)] ?? 'application/octet-stream'
  if (type !== 'video/webm') {
    response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(await readFile(path))
    return
  }
  const { size } = await stat(path)
  const range = parseRange(request.headers.range, size)
  const { start, end } = range ?? { start: 0, end: size - 1 }
  response.writeHead(range ? 206 : 200, {
    'content-type': type,
    'content-length': end - start + 1,
    'accept-ranges': 'bytes',
    ...(range ? { 'content-range': `bytes ${start}-${end}/${size}` } : {}),
  })
  const stream = createReadStream(path, { start, end })
  await pipeline(
    stream,
    async function* (/** @type {AsyncIterable<Buffer>} */ chunks) {
      let atByte = start
      for await (const chunk of chunks) {
        const held = tap()
        if (held && atByte + chunk.length > held.fromByte && atByte < held.toByte) await held.open
        atByte += chunk.length
        yield chunk
      }
    },
    response,
  )
}

/** @typedef {Awaited<ReturnType<typeof startFilmServer>>} FilmServer */

/** @param {string} [path] of another film than the usual one, which the same page plays */
export async function startFilmServer(path = join(MEDIA, 'film.webm')) {
  /** @type {Tap | undefined} */
  let tap
  let openTap = () => {}
  const server = createServer((request, response) => {
    // A player that has seen enough hangs up; that is no news.
    answer(request, response, path, () => tap).catch(() => response.destroy())
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)))
  const bound = server.address()
  if (bound === null || typeof bound === 'string') throw new Error('The film server has no port.')
  return {
    /** Without a slash at its end. */
    address: `http://127.0.0.1:${bound.port}`,
    /**
     * From now on this part of the film's bytes does not come.
     * @param {number} share where it begins @param {number} [toShare] a player that seeks reads the index at the film's end first
     */
    holdFrom: async (share, toShare = 1) => {
      const { size } = await stat(path)
      tap = {
        fromByte: size * share,
        toByte: size * toShare,
        open: new Promise((resolve) => {
          openTap = resolve
        }),
      }
    },
    release: () => {
      tap = undefined
      openTap()
    },
    close: async () => {
      openTap()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(() => resolve(undefined)))
    },
  }
}
