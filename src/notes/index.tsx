/** Wires the page to the extension and the browser: port, clock, sound, MIDI, what is printed on the keys. */
import { systemClock } from '../platform/clock'
import { language, t } from '../platform/i18n'
import { connectPort } from '../platform/port'
import { systemTimers } from '../platform/timers'
import { mountNotes } from './mount-notes'
import { printedLetters } from './printed-letters'

document.documentElement.lang = language()
document.title = `${t('notes')} · ${t('extName')}`

mountNotes(document.getElementById('notes') ?? document.body, {
  connect: connectPort,
  clock: systemClock,
  timers: systemTimers,
  audio: new AudioContext({ latencyHint: 'interactive' }),
  requestMidi: 'requestMIDIAccess' in navigator ? () => navigator.requestMIDIAccess({ sysex: false }) : undefined,
  printed: printedLetters,
  isFirefox: navigator.userAgent.includes('Firefox/'),
})
