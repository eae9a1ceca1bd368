/** Instruments for a browser that has none: the same objects that Web MIDI gives, as far as the page uses them. */

type Input = EventTarget & { readonly id: string; readonly name: string; state: MIDIPortDeviceState }

export function fakeMidi(kind: string) {
  const inputs = new Map<string, Input>()
  const access = Object.assign(new EventTarget(), { inputs })

  return {
    requestAccess:
      kind === 'none'
        ? undefined
        : async (): Promise<MIDIAccess> => {
            if (kind === 'denied') throw new DOMException('no', 'NotAllowedError')
            // Only what the page asks of it is there.
            return access as unknown as MIDIAccess
          },
    plugIn(id: string, name: string): void {
      inputs.set(id, Object.assign(new EventTarget(), { id, name, state: 'connected' as const }))
      access.dispatchEvent(new Event('statechange'))
    },
    pullOut(id: string): void {
      inputs.delete(id)
      access.dispatchEvent(new Event('statechange'))
    },
    say(id: string, ...bytes: number[]): void {
      const event = Object.assign(new Event('midimessage'), { data: Uint8Array.from(bytes) })
      inputs.get(id)?.dispatchEvent(event)
    },
  }
}
