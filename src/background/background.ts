/**
 * The background as a whole: what people ask in popups and do to players becomes commands to the room, and what comes
 * round from the room becomes the view of the popups and the timeline of the driven player.
 * It decides little itself (`pages`, `view`, `way-in`, `popup-words` and `act` do) and touches no browser: everything outside is handed in.
 */
import { createRoomClient, type RoomClientDeps, type RoomClientState, type Seat } from '../client/room-client'
import type { RoomCommand } from '../core/room/command'
import { mayControl } from '../core/room/permissions'
import type { Refusal } from '../core/room/refusal'
import { tuttiClient } from '../dialects'
import type { BackgroundToContent } from '../messages/background-to-content'
import type { Problem } from '../messages/background-to-popup'
import type { KeepAlive } from '../platform/keep-alive'
import type { PagesPort } from '../platform/pages'
import type { MessagePort } from '../platform/port'
import type { Stored } from '../platform/storage'
import type { Toolbar } from '../platform/toolbar'
import { createAnswers } from './answers'
import { followIn } from './follow'
import { createForeignWayIn } from './foreign-way-in'
import { inviteLink } from './invite'
import { createKeys, keyOfServer } from './keys'
import { createLedTab } from './led-tab'
import { createMemories, type MemoriesDeps } from './memories'
import { createNotesPages, notesRoomIn } from './notes'
import { createOwnSuspension, suspensionIn } from './own-suspension'
import { createPageDriver, type PageDriver, type PlayerWord } from './page-driver'
import { createPersonDesk } from './person'
import { createPopupWords } from './popup-words'
import { createPopups } from './popups'
import type { Remembered } from './remembered'
import { createReports } from './reports'
import { createShownMedia } from './shown-media'
import { FIRST_SETTINGS, type Led, type ReadSoFar, type Settings } from './stored-values'
import { createTalk } from './talk'
import { badgeFor, type Desk, viewFor } from './view'
import { createWayIn } from './way-in'

export type BackgroundDeps = Pick<
  RoomClientDeps,
  'openSocket' | 'clock' | 'timers' | 'fetch' | 'random' | 'dialectOf'
> &
  MemoriesDeps & {
    readonly pagesPort: PagesPort
    readonly toolbar: Toolbar
    readonly keepAlive: KeepAlive
    readonly settings: Stored<Settings>
    readonly seat: Stored<Seat>
    readonly drivenTab: Stored<number>
    readonly led: Stored<Led>
    readonly keys: Stored<Remembered<string>>
    readonly readSoFar: Stored<ReadSoFar>
  }

export type Background = {
  /** Reads what is kept and goes back to the room of an earlier life. To be done before anything else is called. */
  start(): Promise<void>
  popupOpened(port: MessagePort): void
  notesOpened(port: MessagePort): void
  personOpened(port: MessagePort): void
  frameConnected: PageDriver['frameConnected']
  tabLoaded(tabId: number): void
  tabClosed(tabId: number): void
  allowedSitesChanged(): void
}

export function createBackground(deps: BackgroundDeps): Background {
  const { clock, keepAlive } = deps
  let settings = FIRST_SETTINGS
  let problem: Problem | undefined
  let was: RoomClientState = { kind: 'outside' }
  let shownBadge = ''
  let alarmSet: boolean | undefined
  const memories = createMemories(deps)
  const reports = createReports()
  const keys = createKeys(deps.keys)
  const talk = createTalk({ ...deps, onChange: () => render() })
  const notes = createNotesPages({ clock, play: (played) => client.play(played), onOpened: () => render() })

  const client = createRoomClient({
    ...deps,
    onChange: roomChanged,
    onReports(fresh) {
      reports.heard(fresh, roomOf(client.state())?.members.map(({ id }) => id) ?? [], clock.nowMs())
      render()
    },
    onSignal(signal) {
      if (signal.kind === 'notes') notes.heard(signal.batch)
      else talk.heard(signal)
    },
    onClock: () => render(),
    onToken: (dialect, server, token) => keys.keep(keyOfServer(dialect, server), token),
    onPerson: (output) => person.heardInRoom(output),
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
      ownSuspension.said(isElsewhere() ? 'elsewhere' : undefined)
    },
  })

  const ledTab = createLedTab({
    state: () => client.state(),
    driver,
    siteAllowed: (pattern) => deps.pagesPort.siteAllowed(pattern),
    kept: deps.led,
  })

  const shownMedia = createShownMedia({
    state: () => client.state(),
    driver,
    ask: (command) => void ask(command),
    isLeft: (address) => ledTab.isLeft(address),
    onOther(isOther) {
      if (isOther) reports.forgetOwn()
      // The player is let go, and says nothing of it itself.
      ownSuspension.said(isOther || isElsewhere() ? 'elsewhere' : undefined)
    },
  })

  /** At another film, or on the way to this one: nobody is there before its player is. */
  function isElsewhere(): boolean {
    return ledTab.isUnderWay() || shownMedia.isOther()
  }

  const answers = createAnswers({
    ...deps,
    // The public list is one of our own servers'.
    dialect: tuttiClient,
    question: (question) => client.question(question),
    onChange: () => render(),
    onRefusal: showRefusal,
  })

  const wayIn = createWayIn({
    client,
    driver,
    keys,
    clock,
    settings: () => settings,
    keepName: (name) => keepSettings({ ...settings, name }),
    setProblem,
  })

  const person = createPersonDesk({
    ...deps,
    // Other systems know nothing of people.
    dialect: tuttiClient,
    keys,
    room: client,
    enterRoom(server, code, tabId) {
      const target = tabId ?? driver.pages().drivenTabId
      client.leave()
      wayIn.joinRoom(target, { text: inviteLink(server, code), name: settings.name })
    },
    openPage: () => void deps.pagesPort.openOwnPage(),
    onChange: () => render(),
    onFrame: () => keepAlive.touch(),
  })

  const foreignWayIn = createForeignWayIn({
    client,
    driver,
    keys,
    siteAllowed: (pattern) => deps.pagesPort.siteAllowed(pattern),
    knows: (system) => system !== 'tutti' && deps.dialectOf(system) !== undefined,
    keepName: (name) => keepSettings({ ...settings, name }),
    setProblem,
  })

  const popups = createPopups({
    onMessage: createPopupWords({
      client,
      clock,
      driver,
      wayIn,
      foreignWayIn,
      ledTab,
      memories,
      talk,
      answers,
      person,
      keys,
      settings: () => settings,
      keepSettings,
      setProblem,
      askForPerson,
      showRefusal,
      render,
    }),
    onTabsChanged: (tabIds) => driver.watch(tabIds),
  })

  function roomOf(state: RoomClientState) {
    return state.kind === 'in-room' || state.kind === 'lost' ? state.room : undefined
  }

  const wireOf = (state: RoomClientState) => (state.kind === 'outside' ? undefined : deps.dialectOf(state.dialect))

  const canHere: Desk['can'] = (room, self) => wireOf(client.state())?.can(room, self) ?? new Set()

  const mayControlHere: Desk['mayControl'] = (room, self) => mayControl(room, self) && canHere(room, self).has('play')

  function roomChanged(state: RoomClientState): void {
    const before = was
    was = state
    if (state.kind === 'in-room' && before.kind !== 'in-room') {
      problem = undefined
      wayIn.forgetDoor()
    }
    if (state.kind === 'outside' && before.kind !== 'outside') {
      reports.forgetAll()
      if (state.why) problem = wayIn.turnedAway(before, state.why)
      if (state.why) console.warn(`Tutti: out of the room: ${state.why.code}`)
      driver.drive(undefined)
    }
    if (state.kind === 'lost' && before.kind !== 'lost')
      console.warn(`Tutti: no connection to ${state.server}; trying again`)
    talk.roomIs(roomOf(state))
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
  async function askForPerson(command: RoomCommand): Promise<Refusal | undefined> {
    const refusal = await ask(command)
    showRefusal(refusal)
    return refusal
  }

  function showRefusal(refusal: Refusal | undefined): void {
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
      case 'ended':
        shownMedia.ended()
        return
      case 'heard-on':
        memories.heardOn(word.device ?? undefined)
        render()
        return
      case 'report':
        reports.ownSaid(word.report, clock.nowMs())
        client.report(word.report)
        ownSuspension.said(suspensionIn(word.report))
        shownMedia.plays()
        render()
    }
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

  function serverInUse(): string {
    const state = client.state()
    return state.kind === 'in-room' || state.kind === 'lost' ? state.server : settings.server
  }

  function desk(): Desk {
    const estimate = client.clock()
    const key = keys.at(serverInUse())
    const lockedDoor = wayIn.lockedDoor()
    const you = person.glance()
    return {
      ...settings,
      client: client.state(),
      talk: talk.state(),
      answers: answers.known(),
      ...(key !== undefined && { key }),
      ...(lockedDoor && { lockedDoor }),
      ...(you && { you }),
      doing: wayIn.doing(),
      mayControl: mayControlHere,
      can: canHere,
      ...(estimate && { clock: estimate }),
      ...reports.known(),
      nudge: memories.nudge(),
      goesAlong: !ledTab.stays(),
      pages: driver.pages(),
      looks: driver.looks(),
      ...(problem && { problem }),
    }
  }

  /** Brings everything outside to what is known now; what is as it was is not said again. */
  function render(): void {
    const state = client.state()
    const visiting = state.kind !== 'outside'
    const room = roomOf(state)
    ledTab.look()
    const isOther = shownMedia.isOther()
    const server = serverInUse()
    answers.placeIs(room && { server, roomId: room.id, code: room.code }, server)
    const follow = followIn(state, client.clock(), mayControlHere, memories.nudge().nudgeMs)
    driver.settle(visiting, isOther ? 'nothing' : follow)
    if (visiting !== alarmSet) {
      alarmSet = visiting
      keepAlive.setAlarm(visiting)
    }
    person.settle({ server: settings.server, popupOpen: popups.isOpen() })
    const now = desk()
    const badge = badgeFor(now)
    if (JSON.stringify(badge) !== shownBadge) {
      shownBadge = JSON.stringify(badge)
      deps.toolbar.show(badge)
    }
    notes.show(notesRoomIn(state, clock.nowMs()), client.clock())
    popups.show((tabId) => viewFor(now, tabId, clock.nowMs()))
  }

  return {
    async start() {
      const [kept, seat] = await Promise.all([
        deps.settings.read(),
        deps.seat.read(),
        driver.hydrate(),
        ledTab.hydrate(),
        memories.hydrate(),
        keys.hydrate(),
        talk.hydrate(),
      ])
      settings = kept ?? FIRST_SETTINGS
      if (seat) {
        wayIn.comesBack()
        client.comeBack(seat)
      } else driver.drive(undefined)
      render()
      const { drivenTabId } = driver.pages()
      if (drivenTabId !== undefined) driver.inspect(drivenTabId)
    },

    popupOpened(port) {
      popups.opened(port)
      foreignWayIn.siteAsked()
      render()
    },

    notesOpened: (port) => notes.opened(port),
    personOpened: (port) => person.pageOpened(port),
    frameConnected: driver.frameConnected,
    tabLoaded: driver.tabLoaded,
    tabClosed: driver.tabClosed,
    allowedSitesChanged() {
      driver.allowedSitesChanged()
      foreignWayIn.sitesChanged()
    },
  }
}
