/**
 * The clock estimate: how far server time is from the own clock, from exchanges of four stamps.
 * Each exchange bounds the offset from both sides; the tightest bound of each side is kept, from whichever exchange it came,
 * which beats picking one exchange with the least round trip. Knows no sockets; every moment is inside the samples.
 */

/** What one exchange with the server tells of the clocks: sent and received here, received and sent there; all ms. */
export type ClockSample = {
  readonly sentMs: number
  readonly serverReceivedMs: number
  readonly serverSentMs: number
  readonly receivedMs: number
}

/** server time = own time + `offsetMs`, honest to ± `uncertaintyMs` (half the least round trip). */
export type ClockEstimate = {
  readonly offsetMs: number
  readonly uncertaintyMs: number
  readonly samples: number
}

/**
 * Start a fresh one for another server; with a new connection to the same one say so by `reconnected`.
 * `best` are the least delays of when the path was at its shortest. The offset is a matter of the clocks, not of the path, so
 * they go on bounding it while the path is longer, one way more than the other perhaps; only drift makes them doubtful.
 */
export type Clock = { readonly exchanges: readonly Exchange[]; readonly best?: Exchange | undefined }

/** One-way delays with the unknown offset still in them: `upMs` = delay + offset, `downMs` = delay - offset. */
type Exchange = { readonly atMs: number; readonly upMs: number; readonly downMs: number }

/** Long enough to find a quiet moment of the path, short enough that 50 ppm of drift stay under 0.75 ms. */
const WINDOW_MS = 30_000
/** More than a window of regular pings; bounds what a flood of pongs can make us keep. */
const MAX_EXCHANGES = 128
/** Round trips below zero by more than this are no rounding of stamps: one of the clocks was set. */
const CONTRADICTION_MS = 10
/** Minima only forget after a whole window, so the newest part of it is compared with the rest. */
const RECENT_MS = 5_000
const RECENT_ENOUGH = 8
/** Over what chance does to the minima of eight exchanges with ±30 ms of jitter. */
const MOVED_MS = 30
/** Two quartz clocks drift apart by up to 100 ppm; the rest is for clocks that are being set slowly. */
const LOOSENS_BY = 150e-6
/** A path within this of the best is as good as that, and its delays are younger. */
const AS_GOOD_MS = 3
/** Fewer tell nothing about the worst of twenty; the same number the follower waits for. */
const PATH_ENOUGH = 5
/** Beyond it nothing is in time any more, and the lead is bounded long before. */
const LONGEST_PATH_MS = 60_000

const FIRST_PINGS = 10
const FIRST_PING_MS = 50
const PING_MS = 500

export function createClock(): Clock {
  return { exchanges: [] }
}

export function addSample(clock: Clock, sample: ClockSample): Clock {
  const newest: Exchange = {
    atMs: sample.receivedMs,
    upMs: sample.serverReceivedMs - sample.sentMs,
    downMs: sample.receivedMs - sample.serverSentMs,
  }
  if (!(newest.upMs + newest.downMs > -CONTRADICTION_MS && Number.isFinite(newest.atMs))) return clock
  const { exchanges } = clock
  let to = exchanges.length
  while (to > 0 && atOf(exchanges, to - 1) > newest.atMs) to -= 1
  const from = Math.max(firstAfter(exchanges, to, newest.atMs - WINDOW_MS), to - MAX_EXCHANGES + 1)
  if (contradicts(least(minima(exchanges, from, to), loosened(clock.best, newest.atMs)), newest))
    return { exchanges: [newest] }
  const kept = exchanges.slice(from, to)
  kept.push(newest)
  const recentFrom = firstAfter(kept, kept.length, newest.atMs - RECENT_MS)
  const known = least(minima(kept, 0, recentFrom), loosened(clock.best, newest.atMs))
  if (wasSet(known, kept, recentFrom)) return { exchanges: kept.slice(recentFrom) }
  return { exchanges: kept, best: bestOf(kept, recentFrom, clock.best, newest.atMs) }
}

/** Of what is some seconds old, so that a clock that was just set is still told by it. */
function bestOf(exchanges: readonly Exchange[], to: number, before: Exchange | undefined, nowMs: number) {
  if (to === 0) return before
  const lately = minima(exchanges, 0, to)
  const best = loosened(before, nowMs)
  const isAsGood = lately.upMs + lately.downMs <= best.upMs + best.downMs + AS_GOOD_MS
  return isAsGood ? { atMs: nowMs, ...lately } : before
}

/** Samples are counted anew, since one of the machines may have slept; the best delays count until a new one contradicts them. */
export function reconnected({ exchanges, best }: Clock): Clock {
  const { length } = exchanges
  return { exchanges: [], best: bestOf(exchanges, length, best, atOf(exchanges, length - 1)) }
}

/** Absent while nothing was heard from the server. */
export function estimate(clock: Clock): ClockEstimate | undefined {
  const { exchanges, best } = clock
  if (exchanges.length === 0) return undefined
  const newestMs = atOf(exchanges, exchanges.length - 1)
  const { upMs, downMs } = least(minima(exchanges, 0, exchanges.length), loosened(best, newestMs))
  return {
    offsetMs: (upMs - downMs) / 2,
    uncertaintyMs: Math.max(0, (upMs + downMs) / 2),
    samples: exchanges.length,
  }
}

/** How long the server's word needs to get here, 95 times of 100; what a member tells the server so that it can choose the lead. */
export function pathDownMs(clock: Clock): number | undefined {
  const now = estimate(clock)
  if (!now || now.samples < PATH_ENOUGH) return undefined
  const delays = clock.exchanges.map(({ downMs }) => downMs + now.offsetMs).sort((a, b) => a - b)
  return Math.min(LONGEST_PATH_MS, Math.max(0, delays[Math.ceil(delays.length * 0.95) - 1] ?? 0))
}

/** How long to wait before the next ping: quickly at first, so that a joiner can start; then often enough for a short window. */
export function nextPingMs(samplesSoFar: number): number {
  return samplesSoFar < FIRST_PINGS ? FIRST_PING_MS : PING_MS
}

function atOf(exchanges: readonly Exchange[], index: number): number {
  return exchanges[index]?.atMs ?? Number.NEGATIVE_INFINITY
}

/** They are in the order of their moments. */
function firstAfter(exchanges: readonly Exchange[], to: number, afterMs: number): number {
  let first = 0
  while (first < to && atOf(exchanges, first) <= afterMs) first += 1
  return first
}

type Minima = { readonly upMs: number; readonly downMs: number }

/** A loop, because it is gone through several times with each answer of the server. */
function minima(exchanges: readonly Exchange[], from: number, to: number): Minima {
  let upMs = Number.POSITIVE_INFINITY
  let downMs = Number.POSITIVE_INFINITY
  for (let at = from; at < to; at += 1) {
    const exchange = exchanges[at]
    if (!exchange) continue
    if (exchange.upMs < upMs) upMs = exchange.upMs
    if (exchange.downMs < downMs) downMs = exchange.downMs
  }
  return { upMs, downMs }
}

/** No offset fits both what was known and the newest exchange. */
function contradicts(known: Minima, newest: Exchange): boolean {
  return known.upMs + newest.downMs < -CONTRADICTION_MS || newest.upMs + known.downMs < -CONTRADICTION_MS
}

/** What was true at its moment is by now only true to within what the clocks may have drifted. */
function loosened(best: Exchange | undefined, nowMs: number): Minima {
  if (!best) return { upMs: Number.POSITIVE_INFINITY, downMs: Number.POSITIVE_INFINITY }
  const byMs = Math.max(0, nowMs - best.atMs) * LOOSENS_BY
  return { upMs: best.upMs + byMs, downMs: best.downMs + byMs }
}

function least(one: Minima, other: Minima): Minima {
  return { upMs: Math.min(one.upMs, other.upMs), downMs: Math.min(one.downMs, other.downMs) }
}

/** One way seems longer by what the other seems shorter: a clock was set by less than a round trip. */
function wasSet(known: Minima, exchanges: readonly Exchange[], recentFrom: number): boolean {
  if (recentFrom === 0 || exchanges.length - recentFrom < RECENT_ENOUGH) return false
  const is = minima(exchanges, recentFrom, exchanges.length)
  const upMs = is.upMs - known.upMs
  const downMs = is.downMs - known.downMs
  return Math.min(Math.abs(upMs), Math.abs(downMs)) > MOVED_MS && Math.abs(upMs + downMs) <= MOVED_MS
}
