/**
 * The least that can host rooms for a server-side dialect machine: real `decide` and `apply`, no shell, no limits, no storage.
 * Everything happens at once, in the order it was asked. For what the real server does besides, use the real server.
 */
import { apply } from '../../src/core/room/apply'
import type { Command, RoomCommand } from '../../src/core/room/command'
import type { Actor } from '../../src/core/room/context'
import { type Decision, decide } from '../../src/core/room/decide'
import type { NumberedEvent } from '../../src/core/room/event'
import { refuse } from '../../src/core/room/refusal'
import { type MemberId, type PublicRoom, publicPart, type Room } from '../../src/core/room/room'
import { seatOf } from '../../src/core/room/seats'
import type { PlayerReport, ServerDialect, ServerInput, ServerOutput } from '../../src/dialects/dialect'
import type { Clock } from '../../src/platform/clock'
import type { ServerEnd, ServerHears } from './channel'

type Hosted = { room: Room; readonly log: NumberedEvent[] }
type Session = {
  readonly dialect: ServerDialect<unknown>
  readonly end: ServerEnd
  state: unknown
  identity?: string
  code?: string
  memberId?: MemberId
}

export type TinyHost = {
  attach(dialect: ServerDialect<unknown>, end: ServerEnd): ServerHears
  room(code: string): PublicRoom | undefined
  codes(): string[]
  /** What only a server can bring about. */
  asRoom(code: string, command: Command, by: Actor): Decision
  tellAll(input: ServerInput): void
  /** What operators read, paths that were measured, commands that were decided. */
  readonly notes: string[]
  readonly pathsMs: number[]
  readonly commands: RoomCommand[]
}

export function createTinyHost(clock: Clock): TinyHost {
  const hostedByCode = new Map<string, Hosted>()
  const sessions = new Set<Session>()
  const notes: string[] = []
  const pathsMs: number[] = []
  const commands: RoomCommand[] = []
  let ids = 0

  const step = (session: Session, input: ServerInput): void => {
    const stepped = session.dialect.step(session.state, input, clock.nowMs())
    session.state = stepped.session
    for (const output of stepped.outputs) handle(session, output)
  }

  const run = (code: string, command: Command, by: Actor): Decision => {
    ids += 1
    const hosted = hostedByCode.get(code)
    const decision = decide(hosted?.room, command, {
      nowMs: clock.nowMs(),
      by,
      pathsMs: [],
      fresh: {
        roomId: `room-${ids}`,
        roomNumber: ids,
        code,
        epoch: `epoch-${ids}`,
        memberId: `member-${ids}`,
        memberNumber: ids,
        mediaId: `media-${ids}`,
        nameSeed: (ids * 0.618) % 1,
      },
    })
    if (decision.ok) for (const event of decision.events) append(code, event)
    return decision
  }

  const append = (code: string, event: NumberedEvent['event']): void => {
    const hosted = hostedByCode.get(code)
    const before = hosted?.room
    const room = apply(before, event)
    const numbered = { epoch: room.public.epoch, rev: room.public.rev, event }
    if (hosted) hosted.room = room
    else hostedByCode.set(code, { room, log: [] })
    hostedByCode.get(code)?.log.push(numbered)
    for (const session of sessions) {
      if (session.code !== code) continue
      const told = { kind: 'event', numbered, before: before && publicPart(before), after: publicPart(room) } as const
      for (const frame of session.dialect.tell(told)) session.end.send(frame)
    }
  }

  const enter = (session: Session, output: Extract<ServerOutput, { kind: 'enter' }>): void => {
    const { ask, door, name, seen } = output
    const { identity } = session
    if (identity === undefined) throw new Error('a machine must identify before it enters')
    const by: Actor = { kind: 'identity', identity }
    ids += 1
    const code = door.kind === 'new' ? `room${ids}` : door.code
    if (door.kind === 'new') run(code, door.create, by)
    const joined = run(code, { type: 'join', dialect: session.dialect.name, ...(name !== undefined && { name }) }, by)
    const hosted = hostedByCode.get(code)
    if (!joined.ok || !hosted) {
      step(session, { kind: 'refused', ask, refusal: joined.ok ? refuse('no-such-room') : joined.refusal })
      return
    }
    const memberId = seatOf(hosted.room, identity)
    if (memberId === undefined) throw new Error('who joined has a seat')
    for (const other of sessions) {
      if (other === session || other.code !== code || other.memberId !== memberId) continue
      unseat(other)
      step(other, { kind: 'unseated', refusal: refuse('taken-over') })
    }
    session.code = code
    session.memberId = memberId
    const room = publicPart(hosted.room)
    const missed =
      seen?.epoch === room.epoch && seen.rev <= room.rev ? hosted.log.filter(({ rev }) => rev > seen.rev) : undefined
    step(session, { kind: 'entered', ask, memberId, room, ...(missed && { missed }) })
  }

  const unseat = (session: Session): void => {
    delete session.code
    delete session.memberId
  }

  const ask = (session: Session, ask: string, command: RoomCommand): void => {
    const { code, memberId } = session
    if (code === undefined || memberId === undefined) throw new Error('a machine must enter before it commands')
    commands.push(command)
    const decision = run(code, command, { kind: 'member', memberId })
    if (decision.ok && command.type === 'leave') unseat(session)
    step(session, decision.ok ? { kind: 'done', ask } : { kind: 'refused', ask, refusal: decision.refusal })
  }

  const handle = (session: Session, output: ServerOutput): void => {
    switch (output.kind) {
      case 'send':
        session.end.send(output.frame)
        break
      case 'close':
        session.end.close(output.code, output.reason)
        break
      case 'identify': {
        ids += 1
        const identity = output.token?.match(/^token-of-(.*)$/)?.[1] ?? `person-${ids}`
        session.identity = identity
        step(session, { kind: 'identified', ask: output.ask, identity, token: `token-of-${identity}` })
        break
      }
      case 'enter':
        enter(session, output)
        break
      case 'snapshot': {
        const hosted = hostedByCode.get(session.code ?? '')
        if (!hosted || session.memberId === undefined) throw new Error('a machine must enter before it asks again')
        step(session, { kind: 'entered', ask: output.ask, memberId: session.memberId, room: publicPart(hosted.room) })
        break
      }
      case 'command':
        ask(session, output.ask, output.command)
        break
      case 'report':
        tellReport(session, output.report)
        break
      case 'path':
        pathsMs.push(output.downMs)
        break
      case 'note':
        notes.push(output.note)
        break
      case 'wake':
        break
    }
  }

  const tellReport = ({ code, memberId }: Session, report: PlayerReport): void => {
    if (memberId === undefined) throw new Error('a machine must enter before it reports')
    for (const session of sessions) {
      if (session.code !== code) continue
      for (const frame of session.dialect.tell({ kind: 'reports', reports: { [memberId]: report } })) {
        session.end.send(frame)
      }
    }
  }

  return {
    attach(dialect, end) {
      const session: Session = { dialect, end, state: dialect.fresh }
      sessions.add(session)
      step(session, { kind: 'opened', opened: { path: '', query: {}, headers: {}, address: '' } })
      return {
        receive: (frame) => step(session, { kind: 'frame', frame }),
        closed() {
          sessions.delete(session)
          step(session, { kind: 'closed' })
          const { code, memberId } = session
          unseat(session)
          if (code !== undefined && memberId !== undefined) {
            run(code, { type: dialect.keepsSeat ? 'go-away' : 'leave' }, { kind: 'member', memberId })
          }
        },
      }
    },
    room(code) {
      const hosted = hostedByCode.get(code)
      return hosted && publicPart(hosted.room)
    },
    codes: () => [...hostedByCode.keys()],
    asRoom: run,
    tellAll(input) {
      for (const session of sessions) step(session, input)
    },
    notes,
    pathsMs,
    commands,
  }
}
