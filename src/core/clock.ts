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
