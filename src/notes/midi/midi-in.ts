/**
 * Instruments on this computer, through Web MIDI: asked for by a click, then each that is there or comes. Listens only; no long
 * private messages are asked for. Knows no notes beyond what `midi-bytes` reads.
 */
import type { NoteAct } from '../../core/notes/note'
import { readMidi } from './midi-bytes'

export type MidiState =
  /** `none`: this browser has no MIDI. `denied`: the person or the browser said no. */
  | { readonly kind: 'off' | 'asking' | 'none' | 'denied' }
  | { readonly kind: 'on'; readonly instruments: readonly string[] }

type MidiDeps = {
  /** Absent where the browser has no MIDI. */
  readonly requestAccess: (() => Promise<MIDIAccess>) | undefined
  readonly onState: (state: MidiState) => void
  /** `atMs`: on this page's clock since it began, as the browser stamped it. */
  readonly onAct: (instrument: string, act: NoteAct, atMs: number) => void
  /** Whatever this instrument held is lost with it. */
  readonly onGone: (instrument: string) => void
}

/** More are not listened to. */
const MOST_INSTRUMENTS = 16

export function createMidiIn({ requestAccess, onState, onAct, onGone }: MidiDeps): { ask(): Promise<void> } {
  const heard = new Map<string, MIDIInput>()

  const listen = (access: MIDIAccess) => {
    const there = [...access.inputs.values()].filter(({ state }) => state === 'connected').slice(0, MOST_INSTRUMENTS)
    for (const [id, input] of heard) {
      if (there.includes(input)) continue
      heard.delete(id)
      onGone(id)
    }
    for (const input of there) {
      if (heard.has(input.id)) continue
      heard.set(input.id, input)
      input.addEventListener('midimessage', ({ data, timeStamp }) => {
        const act = data && heard.has(input.id) ? readMidi(data) : undefined
        if (act) onAct(input.id, act, timeStamp)
      })
    }
    onState({ kind: 'on', instruments: there.map(({ name, id }) => name ?? id) })
  }

  return {
    async ask() {
      if (!requestAccess) {
        onState({ kind: 'none' })
        return
      }
      onState({ kind: 'asking' })
      try {
        const access = await requestAccess()
        access.addEventListener('statechange', () => listen(access))
        listen(access)
      } catch {
        onState({ kind: 'denied' })
      }
    },
  }
}
