/** A real client on a network in memory, with everything it told written down. */
import {
  createRoomClient,
  type RoomClient,
  type RoomClientState,
  type RoomSignal,
  type Seat,
} from '../../src/client/room-client'
import type { ClockEstimate } from '../../src/core/clock'
import type { PublicRoom } from '../../src/core/room/room'
import { tuttiClient } from '../../src/dialects'
import type { ClientDialect } from '../../src/dialects/client-dialect'
import type { PlayerReport } from '../../src/dialects/dialect'
import type { Clock } from '../../src/platform/clock'
import type { OpenSocket } from '../../src/platform/socket'
import type { Timers } from '../../src/platform/timers'

export const SERVER = 'https://tutti.example'

export type AClient = {
  readonly client: RoomClient
  readonly states: RoomClientState[]
  readonly seats: (Seat | undefined)[]
  readonly reports: Readonly<Record<string, PlayerReport>>[]
  readonly signals: RoomSignal[]
  readonly tokens: readonly { server: string; token: string }[]
  readonly clocks: ClockEstimate[]
  readonly counts: { frames: number; snapshots: number; resumes: number; holes: number }
  readonly room: () => PublicRoom | undefined
  readonly isIn: () => boolean
  readonly seat: () => Seat
}

type Wiring = {
  readonly timers: Timers
  readonly openSocket: OpenSocket
  readonly clock: Clock
  /** What chance answers each time. */
  readonly float?: () => number
  readonly onChange?: (state: RoomClientState) => void
  readonly onClock?: () => void
}

export function aClient({
  timers,
  openSocket,
  clock,
  float = () => 0.5,
  onChange = () => {},
  onClock = () => {},
}: Wiring): AClient {
  const states: RoomClientState[] = []
  const seats: (Seat | undefined)[] = []
  const reports: Readonly<Record<string, PlayerReport>>[] = []
  const signals: RoomSignal[] = []
  const tokens: { server: string; token: string }[] = []
  const clocks: ClockEstimate[] = []
  const counts = { frames: 0, snapshots: 0, resumes: 0, holes: 0 }

  const client = createRoomClient({
    openSocket,
    clock,
    timers,
    random: { float, uuid: () => 'unused' },
    dialectOf: (name) => (name === 'tutti' ? counted(tuttiClient, counts) : undefined),
    onChange(state) {
      states.push(state)
      onChange(state)
    },
    onReports: (told) => reports.push(told),
    onSignal: (signal) => signals.push(signal),
    onClock(estimate) {
      clocks.push(estimate)
      onClock()
    },
    onToken: (_, server, token) => tokens.push({ server, token }),
    onSeat: (seat) => seats.push(seat),
    onFrame() {
      counts.frames += 1
    },
  })
  const isIn = (): boolean => client.state().kind === 'in-room'
  return {
    client,
    states,
    seats,
    reports,
    signals,
    tokens,
    clocks,
    counts,
    isIn,
    room() {
      const state = client.state()
      return state.kind === 'in-room' ? state.room : undefined
    },
    seat() {
      const seat = seats.at(-1)
      if (!seat) throw new Error('there is no seat to come back to')
      return seat
    },
  }
}

/** Counts how a client got to its copy: told whole, or mended by events; and how often an event did not fit. */
function counted<Session>(
  dialect: ClientDialect<Session>,
  counts: { snapshots: number; resumes: number; holes: number },
): ClientDialect<Session> {
  return {
    ...dialect,
    step(session, input, nowMs) {
      if (input.kind === 'copy-lost') counts.holes += 1
      const stepped = dialect.step(session, input, nowMs)
      for (const { kind } of stepped.outputs) {
        if (kind === 'entered') counts.snapshots += 1
        if (kind === 'resumed') counts.resumes += 1
      }
      return stepped
    },
  }
}
