/**
 * What players said of themselves last, and when: those of the others through the room, the own one straight from its page.
 * Knows no room; which members are still here is told to it, so that nothing grows with what a server may say.
 */
import type { MemberId } from '../core/room/room'
import type { PlayerReport } from '../dialects/dialect'
import type { Desk, TimedReport } from './view'

export type Reports = {
  /** Those that are not among the fresh ones stay as they are. */
  readonly heard: (fresh: Readonly<Record<MemberId, PlayerReport>>, here: readonly MemberId[], nowMs: number) => void
  readonly ownSaid: (report: PlayerReport, nowMs: number) => void
  readonly forgetOwn: () => void
  readonly forgetAll: () => void
  readonly known: () => Pick<Desk, 'reports' | 'ownReport'>
}

export function createReports(): Reports {
  let reports: Desk['reports'] = {}
  let ownReport: TimedReport | undefined

  return {
    heard(fresh, here, nowMs) {
      reports = Object.fromEntries(
        here.flatMap((id) => {
          const report = fresh[id]
          const known = report ? { report, atMs: nowMs } : reports[id]
          return known ? [[id, known]] : []
        }),
      )
    },
    ownSaid(report, nowMs) {
      ownReport = { report, atMs: nowMs }
    },
    forgetOwn() {
      ownReport = undefined
    },
    forgetAll() {
      reports = {}
      ownReport = undefined
    },
    known: () => ({ reports, ...(ownReport && { ownReport }) }),
  }
}
