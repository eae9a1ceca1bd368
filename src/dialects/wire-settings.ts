/** What an operator may set about wires other than our own. Each dialect takes its part; what is not set is as in the system it speaks for. */
export type WireSettings = {
  readonly frametogether?: { readonly maxRooms?: number; readonly ratePerSec?: number }
}
