/**
 * A sound system of our own: one PulseAudio daemon that only plays into the void, with a pair of loudspeakers for each browser,
 * both on one clock, and one recording of all four channels. No user's sound is touched, nothing stays behind.
 * Knows nothing of films: what is played is for `listen.mjs` to make out.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { finished } from 'node:stream/promises'
import { until } from '../../../scripts/drive/until.mjs'

export const RECORDING = { sampleRate: 48_000, channels: 4, bytesPerSample: 2 }

const BYTES_PER_FRAME = RECORDING.channels * RECORDING.bytesPerSample
/** Small and steady: with long periods Chromium misjudges for longer where its sound is. */
const PERIOD_MS = 10
const SINKS = /** @type {const} */ (['first', 'second'])
const CHANNELS = 'front-left,front-right,rear-left,rear-right'
const PAIRS = /** @type {const} */ (['front-left,front-right', 'rear-left,rear-right'])

/** Where in the recording the machine's clock was: this many frames had come by then, at the latest. */
/** @typedef {{ atMs: number, frames: number }} Arrival */

/** @typedef {Awaited<ReturnType<typeof startLoudspeakers>>} Loudspeakers */

/** Whatever ends this process, that one ends with it. @param {import('node:child_process').ChildProcess} child */
function bindToUs(child) {
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  child.once('exit', () => process.off('exit', kill))
}

/** @param {import('node:child_process').ChildProcess} child */
async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

export async function startLoudspeakers() {
  const folder = mkdtempSync(join(tmpdir(), 'tutti-sound-'))
  const socket = join(folder, 'socket')
  const env = {
    ...process.env,
    // Neither the user's settings nor a running daemon of theirs.
    HOME: folder,
    XDG_RUNTIME_DIR: folder,
    XDG_CONFIG_HOME: folder,
    PULSE_RUNTIME_PATH: join(folder, 'run'),
    PULSE_STATE_PATH: join(folder, 'state'),
    PULSE_SERVER: `unix:${socket}`,
  }
  const modules = [
    `module-null-sink sink_name=both rate=${RECORDING.sampleRate} format=s16le channels=${RECORDING.channels} channel_map=${CHANNELS}`,
    // Two windows into one sink: they are rendered together, so that their clock is one.
    ...SINKS.map(
      (name, index) =>
        `module-remap-sink sink_name=${name} master=both channels=2 channel_map=${PAIRS[0]} master_channel_map=${PAIRS[index]} remix=no`,
    ),
    `module-native-protocol-unix auth-anonymous=1 auth-cookie-enabled=0 socket=${socket}`,
  ]
  const daemon = spawn(
    'pulseaudio',
    [
      ...'-n --daemonize=no --use-pid-file=no --exit-idle-time=-1 --log-target=stderr --log-level=error'.split(' '),
      // A busy machine must not make gaps that no player has made; where this is not allowed, it goes without.
      '--high-priority=yes',
      '--realtime=yes',
      ...modules.flatMap((line) => ['-L', line]),
    ],
    { env, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  bindToUs(daemon)
  /** @type {string[]} */
  const lines = []
  createInterface({ input: daemon.stderr }).on('line', (line) => lines.push(line))
  await until('the loudspeakers are there', () => {
    if (daemon.exitCode !== null) throw new Error(`PulseAudio ended with ${daemon.exitCode}: ${lines.join('\n')}`)
    return existsSync(socket)
  })
  return {
    /** What a browser needs in its environment to play into its own pair. @param {0 | 1} index */
    environment: (index) => ({ PULSE_SERVER: `unix:${socket}`, PULSE_SINK: SINKS[index] }),
    /** Records everything that is played from now on into a file that goes with the loudspeakers. */
    record: () => record(env, join(folder, 'recording.raw')),
    close: async () => {
      await end(daemon)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** @typedef {Awaited<ReturnType<typeof record>>} Recording */

/** @param {NodeJS.ProcessEnv} env @param {string} path */
async function record(env, path) {
  const { sampleRate, channels } = RECORDING
  const parec = spawn(
    'parec',
    `--raw -d both.monitor --format=s16le --rate=${sampleRate} --channels=${channels} --channel-map=${CHANNELS} --latency-msec=${PERIOD_MS} --process-time-msec=${PERIOD_MS}`.split(
      ' ',
    ),
    { env, stdio: ['ignore', 'pipe', 'ignore'] },
  )
  bindToUs(parec)
  const file = createWriteStream(path)
  /** @type {Arrival[]} */
  const arrivals = []
  let bytes = 0
  parec.stdout.on('data', (/** @type {Buffer} */ chunk) => {
    bytes += chunk.length
    arrivals.push({ atMs: performance.timeOrigin + performance.now(), frames: Math.floor(bytes / BYTES_PER_FRAME) })
    file.write(chunk)
  })
  await until('the recording runs', () => {
    if (parec.exitCode !== null) throw new Error(`parec ended with ${parec.exitCode}.`)
    return bytes > 0
  })
  return {
    path,
    arrivals: () => arrivals,
    /** Until then the file is not whole. */
    stop: async () => {
      await end(parec)
      file.end()
      await finished(file)
    },
  }
}
