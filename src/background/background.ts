/**
 * The background as a whole: what people ask in popups and do to players becomes commands to the room, and what comes
 * round from the room becomes the view of the popups and the timeline of the driven player.
 * It decides little itself (`pages`, `view`, `invite` and `act` do) and touches no browser: everything outside is handed in.
 */
import { createRoomClient, type RoomClientDeps, type RoomClientState, type Seat } from '../client/room-client'
import type { RoomCommand } from '../core/room/command'
import { mayControl } from '../core/room/permissions'
import { type Refusal, refuse } from '../core/room/refusal'
import type { BackgroundToContent, PlayerAct } from '../messages/background-to-content'
import type { Problem } from '../messages/background-to-popup'
import type { PopupToBackground } from '../messages/popup-to-background'
import type { KeepAlive } from '../platform/keep-alive'
import type { PagesPort } from '../platform/pages'
import type { MessagePort } from '../platform/port'
import type { Stored } from '../platform/storage'
import type { Toolbar } from '../platform/toolbar'
import { commandFor, roomFrom } from './act'
import { followIn } from './follow'
import { badServer, readInvite } from './invite'
import { createMemories, type MemoriesDeps } from './memories'
import { createOwnSuspension, suspensionIn } from './own-suspension'
import { createPageDriver, type PageDriver, type PlayerWord } from './page-driver'
import { bestFrame } from './pages'
import { createPopups } from './popups'
import { createReports } from './reports'
import { readServerAddress } from './server-address'
import { FIRST_SETTINGS, type Settings } from './stored-values'
import { badgeFor, type Desk, type Doing, viewFor } from './view'

export type BackgroundDeps = Pick<RoomClientDeps, 'openSocket' | 'clock' | 'timers' | 'random' | 'dialect'> &
  MemoriesDeps & {
    readonly pagesPort: PagesPort
    readonly toolbar: Toolbar
    readonly keepAlive: KeepAlive
    readonly settings: Stored<Settings>
    readonly seat: Stored<Seat>
    readonly drivenTab: Stored<number>
  }

export type Background = {
  /** Reads what is kept and goes back to the room of an earlier life. To be done before anything else is called. */
  start(): Promise<void>
  popupOpened(port: MessagePort): void
  frameConnected: PageDriver['frameConnected']
  tabLoaded(tabId: number): void
  tabClosed(tabId: number): void
  allowedSitesChanged(): void
}

export function createBackground(deps: BackgroundDeps): Background {
  const { clock, keepAlive } = deps
  let settings = FIRST_SETTINGS
  let doing: Doing = 'joining'
  let problem: Problem | undefined
  let was: RoomClientState = { kind: 'outside' }
  let shownBadge = ''
  let alarmSet: boolean | undefined
  const memories = createMemories(deps)
  const reports = createReports()

  const client = createRoomClient({
    ...deps,
    onChange: roomChanged,
    onReports(fresh) {
      reports.heard(fresh, roomOf(client.state())?.members.map(({ id }) => id) ?? [], clock.nowMs())
      render()
    },
    onSignal: () => {},
    onClock: () => render(),
    onSeat: (seat) => void deps.seat.write(seat),
    onFrame: () => keepAlive.touch(),
  })

  const ownSuspension = createOwnSuspension(() => client.state(), ask)

  const driver = createPageDriver({
    ...deps,
    memories,
    onChange: () => render(),
    onWord: playerSaid,
    onDrivenChanged() {
      reports.forgetOwn()
      memories.heardOn(undefined)
      // A player that is gone can't say that it plays again, and the room would go on waiting for it.
      ownSuspension.said(undefined)
    },
  })

  const popups = createPopups({ onMessage: popupSaid, onTabsChanged: (tabIds) => driver.watch(tabIds) })

  function roomOf(state: RoomClientState) {
    return state.kind === 'in-room' || state.kind === 'lost' ? state.room : undefined
  }

  const mayControlHere: Desk['mayControl'] = (room, self) =>
    mayControl(room, self) && deps.dialect.can(room, self).has('play')

  function roomChanged(state: RoomClientState): void {
    const before = was
    was = state
    if (state.kind === 'in-room' && before.kind !== 'in-room') problem = undefined
    if (state.kind === 'outside' && before.kind !== 'outside') {
      reports.forgetAll()
      if (state.why) problem = { kind: 'refused', ...state.why }
      if (state.why) console.warn(`Tutti: out of the room: ${state.why.code}`)
      driver.drive(undefined)
    }
    if (state.kind === 'lost' && before.kind !== 'lost')
      console.warn(`Tutti: no connection to ${state.server}; trying again`)
    ownSuspension.roomChanged()
    render()
  }

  /** What comes round from the room is the answer; a no is for the log, and for whoever asked. */
  async function ask(command: RoomCommand): Promise<Refusal | undefined> {
    const refusal = await client.command(command)
    if (refusal) console.warn(`Tutti: "${command.type}" was refused: ${refusal.code}`)
    return refusal
  }

  /** A no is shown to the person who asked, now or when the popup is opened next. */
  async function askForPerson(command: RoomCommand): Promise<void> {
    const refusal = await ask(command)
    if (refusal) setProblem({ kind: 'refused', ...refusal })
  }

  function playerSaid(word: PlayerWord, answer: (message: BackgroundToContent) => void): void {
    switch (word.type) {
      case 'person-did':
        void askForPerson(word.command).then(() => answer({ type: 'answered' }))
        return
      case 'suspended':
        ownSuspension.said(word.reason)
        return
      case 'resumed':
        ownSuspension.said(undefined)
        return
      case 'heard-on':
        memories.heardOn(word.device ?? undefined)
        render()
        return
      case 'report':
        reports.ownSaid(word.report, clock.nowMs())
        client.report(word.report)
        ownSuspension.said(suspensionIn(word.report))
        render()
    }
  }

  function popupSaid(message: PopupToBackground, tabId: number | undefined): void {
    switch (message.type) {
      case 'look':
        driver.inspect(message.tabId)
        return
      case 'start-room':
        startRoom(tabId, message.name)
        return
      case 'join-room':
        joinRoom(tabId, message.text, message.name)
        return
      case 'leave':
      case 'cancel':
        problem = undefined
        client.leave()
        return
      case 'retry':
        client.retryNow()
        return
      case 'dismiss-problem':
        setProblem(undefined)
        return
      case 'rename':
        keepSettings({ ...settings, name: message.name.trim() })
        if (client.state().kind !== 'outside') void askForPerson({ type: 'rename', name: message.name.trim() })
        return
      case 'set-control':
        void askForPerson({ type: 'set-control', control: message.control })
        return
      case 'set-patience':
        void askForPerson({ type: 'set-patience', patience: message.patience })
        return
      case 'set-server':
        setServer(message.server)
        return
      case 'play':
      case 'pause':
        press({ kind: message.type })
        return
      case 'skip':
        press({ kind: 'skip', bySec: message.bySec })
        return
      case 'nudge':
        memories.nudgeBy(message.heard)
        render()
        return
      case 'reset-nudge':
        memories.resetNudge()
        render()
        return
      case 'drive-here':
        driver.drive(tabId)
        return
      case 'site-asked':
        driver.allowedSitesChanged()
    }
  }

  function startRoom(tabId: number | undefined, name: string): void {
    const offering = bestFrame(driver.pages(), tabId)
    // The button is not there without a video; if the video went just now, the popup has been told.
    if (!offering || refusedForBeingIn()) return
    const create = roomFrom(offering.offer.player, offering.offer.atMs, clock.nowMs())
    doing = 'starting'
    enter(tabId, settings.server, { kind: 'new', create }, name)
  }

  function joinRoom(tabId: number | undefined, text: string, name: string): void {
    const read = readInvite(text)
    if (!read.ok) {
      setProblem(read.problem)
      return
    }
    if (refusedForBeingIn()) return
    doing = 'joining'
    const { server = settings.server, ...door } = read.invite
    enter(tabId, server, { kind: 'code', ...door }, name)
  }

  function refusedForBeingIn(): boolean {
    if (client.state().kind === 'outside') return false
    setProblem({ kind: 'refused', ...refuse('already-in-room') })
    return true
  }

  function enter(
    tabId: number | undefined,
    server: string,
    door: Parameters<typeof client.enter>[0]['door'],
    typedName: string,
  ): void {
    problem = undefined
    const name = typedName.trim()
    keepSettings({ ...settings, name })
    driver.drive(tabId)
    client.enter({ server, door, ...(name !== '' && { name }) })
  }

  function setServer(text: string): void {
    const address = readServerAddress(text)
    if (!address.ok) {
      setProblem(badServer(text, address.why))
      return
    }
    problem = undefined
    keepSettings({ ...settings, server: address.server })
    // Who is still on the way in would otherwise end up at the server that they turned away from.
    const state = client.state()
    if (state.kind !== 'outside' && !roomOf(state) && doing !== 'coming-back') client.leave()
  }

  /** As if pressed in the driven player; without one the room is asked from where the timeline is. */
  function press(act: PlayerAct): void {
    const state = client.state()
    const estimate = client.clock()
    if (driver.tellDriven({ type: 'act', act }) || state.kind !== 'in-room' || !estimate) return
    void askForPerson(commandFor(act, state.room, clock.nowMs() + estimate.offsetMs))
  }

  function setProblem(now: Problem | undefined): void {
    problem = now
    render()
  }

  function keepSettings(now: Settings): void {
    settings = now
    void deps.settings.write(now)
    render()
  }

  function desk(): Desk {
    const estimate = client.clock()
    return {
      ...settings,
      client: client.state(),
      doing,
      mayControl: mayControlHere,
      ...(estimate && { clock: estimate }),
      ...reports.known(),
      nudge: memories.nudge(),
      pages: driver.pages(),
      looks: driver.looks(),
      ...(problem && { problem }),
    }
  }

  /** Brings everything outside to what is known now; what is as it was is not said again. */
  function render(): void {
    const state = client.state()
    const visiting = state.kind !== 'outside'
    driver.settle(visiting, followIn(state, client.clock(), mayControlHere, memories.nudge().nudgeMs))
    if (visiting !== alarmSet) {
      alarmSet = visiting
      keepAlive.setAlarm(visiting)
    }
    const now = desk()
    const badge = badgeFor(now)
    if (JSON.stringify(badge) !== shownBadge) {
      shownBadge = JSON.stringify(badge)
      deps.toolbar.show(badge)
    }
    popups.show((tabId) => viewFor(now, tabId, clock.nowMs()))
  }

  return {
    async start() {
      const [kept, seat] = await Promise.all([
        deps.settings.read(),
        deps.seat.read(),
        driver.hydrate(),
        memories.hydrate(),
      ])
      settings = kept ?? FIRST_SETTINGS
      if (seat) {
        doing = 'coming-back'
        client.comeBack(seat)
      } else driver.drive(undefined)
      render()
      const { drivenTabId } = driver.pages()
      if (drivenTabId !== undefined) driver.inspect(drivenTabId)
    },

    popupOpened(port) {
      popups.opened(port)
      render()
    },

    frameConnected: driver.frameConnected,
    tabLoaded: driver.tabLoaded,
    tabClosed: driver.tabClosed,
    allowedSitesChanged: driver.allowedSitesChanged,
  }
}
