/**
 * The page's instrument: the own hands, the others, the loudspeaker and the line put together. What can be drawn of it are signals;
 * what a person does to it are the functions beside them. Knows no document: who listens to keys and pointers calls these.
 */
import { type ReadonlySignal, signal } from '@preact/signals'
import type { NoteAct } from '../core/notes/note'
import type { MemberId } from '../core/room/member-id'
import type { BackgroundToNotes, NotesRoom } from '../messages/background-to-notes'
import type { Clock } from '../platform/clock'
import type { Timers } from '../platform/timers'
import { type LineDeps, openLine } from './line'
import { createLoudspeaker } from './loudspeaker'
import { createMidiIn, type MidiState } from './midi/midi-in'
import { createOthersPlaying, type KeysOfOthers } from './others-playing'
import { createOwnPlaying, OWN_CHANNEL } from './own-playing'
import { createServerTime } from './server-time'
import type { SoundName } from './synth/recipes'
import { programOf, soundOf } from './synth/sounds'

export type InstrumentDeps = {
  readonly connect: LineDeps['connect']
  readonly clock: Clock
  readonly timers: Timers
  readonly audio: AudioContext
  readonly requestMidi: (() => Promise<MIDIAccess>) | undefined
}

export type Instrument = {
  readonly room: ReadonlySignal<NotesRoom>
  readonly ownKeys: ReadonlySignal<ReadonlySet<number>>
  readonly othersKeys: ReadonlySignal<KeysOfOthers>
  /** Ms from when somebody played until it is heard here. */
  readonly lateness: ReadonlySignal<ReadonlyMap<MemberId, number>>
  readonly isAwake: ReadonlySignal<boolean>
  readonly sound: ReadonlySignal<SoundName>
  readonly volume: ReadonlySignal<number>
  readonly muted: ReadonlySignal<ReadonlySet<MemberId>>
  readonly midi: ReadonlySignal<MidiState>
  /** `eventMs`: as the browser stamps events, from the page's beginning. */
  press(finger: string, key: number, velocity: number, eventMs: number): void
  lift(finger: string, eventMs: number): void
  chooseSound(sound: SoundName): void
  setVolume(volume: number): void
  setMuted(memberId: MemberId, isMuted: boolean): void
  askForMidi(): void
  wake(): void
  /** All own keys go up. */
  letGo(): void
  /** Whether the page is in view: out of view it holds nothing of its own, and the others are heard on, beside a film in another tab. */
  setInView(isInView: boolean): void
  /** The page is left, and the browser may bring it back: nothing is held, and nobody is heard meanwhile. */
  setLeft(isLeft: boolean): void
}

const OWN = 'self'
const SHOW_LATENESS_EVERY_MS = 500
const FIRST_VOLUME = 0.8

export function createInstrument({ connect, clock, timers, audio, requestMidi }: InstrumentDeps): Instrument {
  const room = signal<NotesRoom>({ kind: 'connecting' })
  const ownKeys = signal<ReadonlySet<number>>(new Set())
  const othersKeys = signal<KeysOfOthers>(new Map())
  const lateness = signal<ReadonlyMap<MemberId, number>>(new Map())
  const isAwake = signal(true)
  const sound = signal<SoundName>('piano')
  const volume = signal(FIRST_VOLUME)
  const muted = signal<ReadonlySet<MemberId>>(new Set())
  const midi = signal<MidiState>({ kind: 'off' })

  const loudspeaker = createLoudspeaker({
    context: audio,
    clock,
    timers,
    onAwake(next) {
      isAwake.value = next
    },
  })
  loudspeaker.setVolume(FIRST_VOLUME)
  const line = openLine({
    connect,
    timers,
    onOpen: () => serverTime.opened(),
    onMessage,
    onHangUp() {
      own.letGo()
      serverTime.closed()
      enter({ kind: 'connecting' })
    },
  })
  const serverTime = createServerTime({ clock, timers, post: line.post })
  const others = createOthersPlaying({
    clock,
    timers,
    serverTime,
    loudspeaker,
    onKeys(keys) {
      othersKeys.value = keys
    },
  })
  const own = createOwnPlaying({
    clock,
    timers,
    serverMsAt: (ownMs) => serverTime.at(ownMs),
    sound: (act) => loudspeaker.playNow(OWN, act),
    post: line.post,
    onKeys(keys) {
      ownKeys.value = keys
    },
  })
  const midiIn = createMidiIn({
    requestAccess: requestMidi,
    onState(state) {
      midi.value = state
    },
    onAct: (instrument, act, eventMs) => takeMidi(instrument, act, ownMsOf(eventMs)),
    onGone: (instrument) => own.liftAll(fingerOf(instrument)),
  })

  /** Which sound somebody chose is nowhere kept: whoever comes is told, once the server's time is known. */
  let hasToTell = false
  let isInView = true

  function onMessage(message: BackgroundToNotes): void {
    switch (message.type) {
      case 'room':
        enter(message.room)
        return
      case 'clock':
        serverTime.told(message.offsetMs)
        if (hasToTell) tellSound()
        return
      case 'heard':
        others.heard(message.batch)
        return
      case 'clock-pong':
        serverTime.ponged(message)
    }
  }

  function enter(next: NotesRoom): void {
    const before = here(room.value)
    room.value = next
    const now = here(next)
    if (next.kind !== 'in-room') {
      others.listenTo(new Set())
      others.silence()
      own.setHeard(false)
      return
    }
    others.listenTo(now)
    own.setHeard(true)
    const newcomers = [...now].filter((memberId) => !before.has(memberId))
    // Who was silenced and left was forgotten by the synth.
    for (const memberId of newcomers) if (muted.value.has(memberId)) loudspeaker.setMuted(memberId, true)
    hasToTell ||= newcomers.length > 0
    if (hasToTell) tellSound()
  }

  function tellSound(): void {
    hasToTell = serverTime.at(clock.nowMs()) === undefined
    own.turn({ kind: 'program', channel: OWN_CHANNEL, program: programOf(sound.value) }, clock.nowMs())
  }

  function takeMidi(instrument: string, act: NoteAct, ownMs: number): void {
    // Out of view the browser's timers are slow: what is played would come late, and end late.
    if (!isInView) return
    switch (act.kind) {
      case 'on':
        own.press(fingerOf(instrument, act.key), act.key, act.velocity, ownMs)
        return
      case 'off':
        own.lift(fingerOf(instrument, act.key), ownMs)
        return
      case 'program':
        sound.value = soundOf(act.program)
        tellSound()
        return
      default:
        own.turn(act, ownMs)
    }
  }

  const showLateness = () => {
    lateness.value = new Map(
      [...here(room.value)].flatMap((memberId) => {
        const ms = others.latenessMs(memberId)
        return ms === undefined ? [] : [[memberId, Math.round(ms + loudspeaker.latencyMs())] as const]
      }),
    )
    timers.after(SHOW_LATENESS_EVERY_MS, showLateness)
  }
  showLateness()

  return {
    room,
    ownKeys,
    othersKeys,
    lateness,
    isAwake,
    sound,
    volume,
    muted,
    midi,
    press(finger, key, velocity, eventMs) {
      loudspeaker.wake()
      own.press(finger, key, velocity, ownMsOf(eventMs))
    },
    lift: (finger, eventMs) => own.lift(finger, ownMsOf(eventMs)),
    chooseSound(next) {
      sound.value = next
      tellSound()
    },
    setVolume(next) {
      volume.value = next
      loudspeaker.setVolume(next)
    },
    setMuted(memberId, isMuted) {
      const next = new Set(muted.value)
      if (isMuted) next.add(memberId)
      else next.delete(memberId)
      muted.value = next
      loudspeaker.setMuted(memberId, isMuted)
    },
    askForMidi: () => void midiIn.ask(),
    wake: () => loudspeaker.wake(),
    letGo: () => own.letGo(),
    setInView(next) {
      isInView = next
      if (!next) own.letGo()
    },
    setLeft(isLeft) {
      if (isLeft) own.letGo()
      others.setAudible(!isLeft)
    },
  }
}

/** Everybody else who could be heard. */
function here(room: NotesRoom): ReadonlySet<MemberId> {
  if (room.kind !== 'in-room') return new Set()
  return new Set(room.players.filter(({ isSelf, isAway }) => !isSelf && !isAway).map(({ memberId }) => memberId))
}

function ownMsOf(eventMs: number): number {
  return performance.timeOrigin + eventMs
}

function fingerOf(instrument: string, key?: number): string {
  return `midi ${instrument} ${key ?? ''}`
}
