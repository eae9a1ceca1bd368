/**
 * One step of the machine while it is made: the session as it becomes, and what is put out, in order.
 * Pure from outside; whoever begins a turn ends it. Sees to names of asks, to heartbeats and to when the session is woken next.
 */
import { refuse } from '../../core/room/refusal'
import type { ServerOutput } from '../server-dialect'
import { refusalAnswer } from './envelope'
import { DASHBOARD, HEARTBEAT, type WireEvent, writeEvents } from './frames'
import { sayPlaying } from './playing'
import type { Pending, PlugdjSession, Seat } from './session'

/** After the last frame. */
export const HEARTBEAT_MS = 10_000
/** What a client may have under way at once. */
const MAX_ASKS = 40

type Asking = Exclude<Extract<ServerOutput, { readonly ask: string }>, { readonly kind: 'respond' }>
/** An output that asks, without the name that it is asked under. */
export type Question = Asking extends infer Each ? (Each extends Asking ? Omit<Each, 'ask'> : never) : never

export type Sayable = { readonly a: string; readonly p: unknown; readonly onDashboard?: true }

export type Turn = {
  readonly nowMs: number
  readonly session: () => PlugdjSession
  set(change: Partial<PlugdjSession>): void
  setSeat(change: Partial<Seat>): void
  drop(...parts: readonly ('seat' | 'person' | 'identifying' | 'wakeAtMs')[]): void
  put(output: ServerOutput): void
  ask(question: Question, pending: Pending): void
  /** Events of the room where they sit, or of no room. */
  say(...said: readonly Sayable[]): void
  /** What is played is told as far as it counts by now. */
  tellPlaying(): void
  end(): { readonly session: PlugdjSession; readonly outputs: readonly ServerOutput[] }
}

export function beginTurn(before: PlugdjSession, nowMs: number): Turn {
  let session = before
  const outputs: ServerOutput[] = []
  let unsaid: WireEvent[] = []
  const set: Turn['set'] = (change) => {
    session = { ...session, ...change }
  }

  const flush = (): void => {
    if (unsaid.length > 0 && session.isLive) {
      outputs.push({ kind: 'send', frame: writeEvents(unsaid) })
      set({ lastSentMs: nowMs })
    }
    unsaid = []
  }

  const say: Turn['say'] = (...said) => {
    const slug = session.seat?.slug ?? DASHBOARD
    for (const { a, p, onDashboard } of said) unsaid.push({ a, p, s: onDashboard ? DASHBOARD : slug })
  }

  const beat = (): void => {
    if (!session.isLive || nowMs - session.lastSentMs < HEARTBEAT_MS) return
    outputs.push({ kind: 'send', frame: HEARTBEAT })
    set({ lastSentMs: nowMs })
  }

  const wakeNext = (): void => {
    const { seat, isLive, lastSentMs, wakeAtMs } = session
    const dueMs = Math.min(
      seat?.lookAtMs ?? Number.POSITIVE_INFINITY,
      isLive ? lastSentMs + HEARTBEAT_MS : Number.POSITIVE_INFINITY,
    )
    // Woken too early it finds nothing to do, and is woken again.
    if (dueMs === Number.POSITIVE_INFINITY || (wakeAtMs !== undefined && wakeAtMs <= dueMs)) return
    outputs.push({ kind: 'wake', atMs: dueMs })
    set({ wakeAtMs: dueMs })
  }

  return {
    nowMs,
    session: () => session,
    set,
    setSeat(change) {
      if (session.seat) set({ seat: { ...session.seat, ...change } })
    },
    drop(...parts) {
      const gone: ReadonlySet<string> = new Set(parts)
      session = Object.fromEntries(Object.entries(session).filter(([part]) => !gone.has(part))) as PlugdjSession
    },
    put(output) {
      flush()
      outputs.push(output)
    },
    ask(question, pending) {
      flush()
      if (Object.keys(session.asks).length >= MAX_ASKS) {
        if ('to' in pending) outputs.push(refusalAnswer(pending.to, refuse('too-fast'), nowMs))
        return
      }
      const ask = `${session.lastAsk + 1}`
      set({ lastAsk: session.lastAsk + 1, asks: { ...session.asks, [ask]: pending } })
      outputs.push({ ...question, ask })
    },
    say,
    tellPlaying() {
      const { seat, roundTripMs } = session
      if (seat?.lookAtMs === undefined || seat.lookAtMs > nowMs) return
      const { lookAtMs: _, ...rest } = seat
      const { believed, events, againAtMs } = sayPlaying(seat.room, seat.believed, roundTripMs, nowMs)
      say(...events)
      set({ seat: { ...rest, believed, ...(againAtMs !== undefined && { lookAtMs: againAtMs }) } })
    },
    end() {
      flush()
      beat()
      wakeNext()
      return { session, outputs }
    },
  }
}
