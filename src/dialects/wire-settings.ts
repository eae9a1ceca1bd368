/** What an operator may set about wires other than our own. Each dialect takes its part; what is not set is as in the system it speaks for. */
export type WireSettings = {
  readonly frametogether?: { readonly maxRooms?: number; readonly ratePerSec?: number }
  readonly opensyncparty?: TokenWire
  readonly openwatchparty?: TokenWire & {
    /** Pages that may open a socket; absent: all. */
    readonly origins?: readonly string[]
  }
  /** The room that its published path leads to. */
  readonly opentogethertube?: { readonly defaultRoom?: string }
}

/** Whoever comes has to show a token signed with the secret of the wire, where there is one. */
export type TokenWire = { readonly hasSecret?: boolean }
