/**
 * What the server counts of itself, in a registry of its own. Knows no rooms: gauges ask whoever knows when they are read.
 * Labels are dialects, refusal codes and types of questions only, all closed lists, so that no stranger can grow them.
 */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { PersonCommand } from '../core/person/command'
import type { RefusalCode } from '../core/room/refusal'
import type { Question } from '../dialects/dialect'
import type { PersonWish } from '../dialects/person-port'

export type Levels = {
  readonly rooms: () => number
  readonly listedRooms: () => number
  readonly members: () => number
  readonly sockets: () => number
  readonly people: () => number
  readonly peopleHere: () => number
}

export type Metrics = {
  frameIn(dialect: string): void
  framesOut(dialect: string, count: number): void
  refused(code: RefusalCode): void
  /** A dialect had something to say to the operator, such as a frame that it could not read. */
  noted(dialect: string): void
  questioned(type: Question['type']): void
  personAsked(type: PersonCommand['type'] | PersonWish['type']): void
  /** What one person did could not be told to another yet. */
  toldLate(): void
  /** A signal that was one too many. */
  dropped(): void
  decided(tookMs: number): void
  watch(levels: Levels): void
  /** Memory, event loop and the like of this process; once per process. */
  watchProcess(): void
  text(): Promise<string>
  readonly contentType: string
}

export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const framesIn = new Counter({
    name: 'tutti_frames_in_total',
    help: 'Frames received, by dialect',
    labelNames: ['dialect'],
    registers,
  })
  const framesOut = new Counter({
    name: 'tutti_frames_out_total',
    help: 'Frames sent, by dialect',
    labelNames: ['dialect'],
    registers,
  })
  const refusals = new Counter({
    name: 'tutti_refusals_total',
    help: 'What was refused, by code',
    labelNames: ['code'],
    registers,
  })
  const notes = new Counter({
    name: 'tutti_notes_total',
    help: 'What dialects noted in the log, such as frames that can not be read',
    labelNames: ['dialect'],
    registers,
  })
  const questions = new Counter({
    name: 'tutti_questions_total',
    help: 'What was asked without a room changing by it, by type',
    labelNames: ['type'],
    registers,
  })
  const personAsks = new Counter({
    name: 'tutti_person_asks_total',
    help: 'What people asked of their own things, by type',
    labelNames: ['type'],
    registers,
  })
  const lateTold = new Counter({
    name: 'tutti_people_told_late_total',
    help: 'Times that what one person did could not be stored for another, and is tried again',
    registers,
  })
  const drops = new Counter({
    name: 'tutti_signals_dropped_total',
    help: 'Reactions that were too many to tell',
    registers,
  })
  const decideSeconds = new Histogram({
    name: 'tutti_decide_seconds',
    help: 'From a command taken up to its events stored',
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 2],
    registers,
  })
  return {
    frameIn: (dialect) => framesIn.inc({ dialect }),
    framesOut: (dialect, count) => framesOut.inc({ dialect }, count),
    refused: (code) => refusals.inc({ code }),
    noted: (dialect) => notes.inc({ dialect }),
    questioned: (type) => questions.inc({ type }),
    personAsked: (type) => personAsks.inc({ type }),
    toldLate: () => lateTold.inc(),
    dropped: () => drops.inc(),
    decided: (tookMs) => decideSeconds.observe(tookMs / 1000),
    watch(levels) {
      const gauge = (name: string, help: string, read: () => number): void => {
        registry.registerMetric(
          new Gauge({
            name,
            help,
            registers: [],
            collect() {
              this.set(read())
            },
          }),
        )
      }
      gauge('tutti_rooms', 'Rooms that exist', levels.rooms)
      gauge('tutti_rooms_listed', 'Rooms in the public list', levels.listedRooms)
      gauge('tutti_members', 'Members connected', levels.members)
      gauge('tutti_sockets', 'Sockets open', levels.sockets)
      gauge('tutti_people', 'People of whom something is kept', levels.people)
      gauge('tutti_people_here', 'People who are here, in a room or not', levels.peopleHere)
    },
    watchProcess: () => collectDefaultMetrics({ register: registry }),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}
