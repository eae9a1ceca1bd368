/**
 * The notes page with a fake line to the background, for a browser without the extension: is told one room after another and what
 * others play, and keeps what was posted, so that a test (or a person) can look at both.
 */
import type { NoteAct } from '../../../src/core/notes/note'
import type { BackgroundToNotes } from '../../../src/messages/background-to-notes'
import { mountNotes } from '../../../src/notes/mount-notes'
import { systemClock } from '../../../src/platform/clock'
import type { MessagePort } from '../../../src/platform/port'
import { systemTimers } from '../../../src/platform/timers'
import { ROOMS, type RoomName, someBatch } from '../example-rooms'
import { fakeMidi } from './fake-midi'

const query = new URLSearchParams(location.search)
const audio = new AudioContext()
const listener = audio.createAnalyser()
listener.fftSize = 32_768
// Whatever goes to the loudspeakers is listened to on its way.
Object.defineProperty(audio, 'destination', { value: listener })
if (query.has('silent')) void audio.suspend()

let tell = (_message: BackgroundToNotes): void => {}
let hangUp = (): void => {}
let number = 0
const midi = fakeMidi(query.get('midi') ?? 'none')

const gallery = {
  posted: [] as { type: string }[],
  connections: 0,
  midi,
  show(name: RoomName): void {
    tell({ type: 'room', room: ROOMS[name] })
  },
  /** Somebody else plays, this very moment. */
  play(member: number, ...acts: NoteAct[]): void {
    number += 1
    tell({ type: 'heard', batch: someBatch(member, number, systemClock.nowMs(), acts) })
  },
  /** The background dies. */
  hangUp(): void {
    hangUp()
  },
  /** Root mean square of the last two thirds of a second. */
  level(): number {
    const samples = new Float32Array(listener.fftSize)
    listener.getFloatTimeDomainData(samples)
    return Math.sqrt(samples.reduce((sum, sample) => sum + sample ** 2, 0) / samples.length)
  },
  audioState: () => audio.state,
}
export type Gallery = typeof gallery
declare global {
  var notesGallery: Gallery
}
globalThis.notesGallery = gallery

function connect(): MessagePort {
  gallery.connections += 1
  return {
    post(message) {
      gallery.posted.push(message as { type: string })
    },
    onMessage(handle) {
      tell = handle
      if (!query.has('speechless')) tell({ type: 'clock', offsetMs: 0, uncertaintyMs: 5 })
    },
    onDisconnect(handle) {
      hangUp = handle
    },
    disconnect() {},
  }
}

mountNotes(document.getElementById('notes') ?? document.body, {
  connect,
  clock: systemClock,
  timers: systemTimers,
  audio,
  requestMidi: midi.requestAccess,
  printed: async () =>
    new Map([
      ['KeyZ', 'y'],
      ['KeyY', 'z'],
    ]),
  isFirefox: query.has('firefox'),
})
