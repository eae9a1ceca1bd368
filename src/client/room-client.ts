/**
 * Being in a room from anywhere: one socket, taken up again when it is lost, and this side's copy of the room.
 * Knows neither browsers nor Node: socket, clock, timers and chance are handed in.
 */
import type { ClockEstimate } from '../core/clock'
import type { RoomCommand } from '../core/room/command'
import type { Refusal } from '../core/room/refusal'
import type { MemberId, PublicRoom } from '../core/room/room'
import type { ClientDialect, Door, PlayerReport, Seen } from '../dialects/dialect'
import type { Clock } from '../platform/clock'
import type { Random } from '../platform/random'
import type { OpenSocket } from '../platform/socket'
import type { Timers } from '../platform/timers'

/** What is needed to come back to the same seat after this process died. Plain JSON. */
export type Seat = {
  readonly server: string
  readonly code: string
  readonly token: string
  readonly memberId: MemberId
  readonly seen: Seen
}

export type RoomClientState =
  | { readonly kind: 'outside'; readonly why?: Refusal }
  | { readonly kind: 'connecting'; readonly server: string; readonly door: Door }
  | { readonly kind: 'in-room'; readonly server: string; readonly memberId: MemberId; readonly room: PublicRoom }
  /** The connection is lost; the seat is kept for us; next try at `retryAtMs` (own clock). */
  | {
      readonly kind: 'lost'
      readonly server: string
      readonly memberId?: MemberId
      readonly room?: PublicRoom
      readonly attempt: number
      readonly retryAtMs: number
      /** Did this server ever answer in this visit? */
      readonly everOpened: boolean
    }

export type RoomClientDeps = {
  readonly openSocket: OpenSocket
  readonly clock: Clock
  readonly timers: Timers
  readonly random: Random
  readonly dialect: ClientDialect<unknown>
  readonly onChange: (state: RoomClientState) => void
  readonly onReports: (reports: Readonly<Record<MemberId, PlayerReport>>) => void
  readonly onClock: (estimate: ClockEstimate) => void
  /** Called whenever there is something new to keep for coming back; `undefined` when there is nothing to come back to. */
  readonly onSeat: (seat: Seat | undefined) => void
  /** A sign of life from the server, at least every 20 s while connected. */
  readonly onFrame: () => void
}

export type RoomClient = {
  enter(wish: { server: string; door: Door; name?: string; token?: string }): void
  /** Back into a seat that `onSeat` told, perhaps in an earlier life. */
  comeBack(seat: Seat): void
  /** Resolves to a refusal, or to nothing when done. Commands asked while the connection is lost wait for it (SPEC). */
  command(command: RoomCommand): Promise<Refusal | undefined>
  report(report: PlayerReport): void
  /** Leaves the room and closes the socket. */
  leave(): void
  /** Tries at once instead of at `retryAtMs`. */
  retryNow(): void
  state(): RoomClientState
  clock(): ClockEstimate | undefined
}

export declare function createRoomClient(deps: RoomClientDeps): RoomClient
