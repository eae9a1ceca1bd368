/** What the popup asks for, one word after the other, brought to whoever does it. Decides nothing but whom to ask. */
import type { RoomClient } from '../client/room-client'
import type { RoomCommand } from '../core/room/command'
import type { Refusal } from '../core/room/refusal'
import type { PublicRoom } from '../core/room/room'
import { readTyped } from '../core/slash'
import type { PlayerAct } from '../messages/background-to-content'
import type { Problem } from '../messages/background-to-popup'
import type { PopupToBackground } from '../messages/popup-to-background'
import type { Clock } from '../platform/clock'
import { commandFor, mediaOf } from './act'
import type { Answers } from './answers'
import type { ForeignWayIn } from './foreign-way-in'
import { badServer } from './invite'
import type { Keys } from './keys'
import type { LedTab } from './led-tab'
import type { Memories } from './memories'
import type { PageDriver } from './page-driver'
import { bestFrame } from './pages'
import type { PersonDesk } from './person'
import { goToIn } from './room-parts'
import { readServerAddress } from './server-address'
import type { Settings } from './stored-values'
import type { Talk } from './talk'
import type { WayIn } from './way-in'

export type Hands = {
  readonly client: RoomClient
  readonly clock: Clock
  readonly driver: PageDriver
  readonly wayIn: WayIn
  readonly foreignWayIn: ForeignWayIn
  readonly ledTab: Pick<LedTab, 'setStays' | 'went'>
  readonly memories: Memories
  readonly talk: Talk
  readonly answers: Answers
  readonly person: PersonDesk
  readonly keys: Keys
  readonly settings: () => Settings
  readonly keepSettings: (settings: Settings) => void
  readonly setProblem: (problem: Problem | undefined) => void
  /** A no is shown to the person who asked, now or when the popup is opened next. */
  readonly askForPerson: (command: RoomCommand) => Promise<Refusal | undefined>
  readonly showRefusal: (refusal: Refusal | undefined) => void
  readonly render: () => void
}

export function createPopupWords(hands: Hands): (message: PopupToBackground, tabId: number | undefined) => void {
  const {
    client,
    driver,
    wayIn,
    foreignWayIn,
    ledTab,
    memories,
    talk,
    answers,
    person,
    keys,
    settings,
    keepSettings,
    setProblem,
  } = hands
  const ask = (command: RoomCommand): void => void hands.askForPerson(command)

  const roomNow = (): PublicRoom | undefined => {
    const state = client.state()
    return state.kind === 'in-room' || state.kind === 'lost' ? state.room : undefined
  }

  const pageMedia = (tabId: number | undefined) => {
    const offering = bestFrame(driver.pages(), tabId)
    return offering && mediaOf(offering.offer.player)
  }

  const forgetProblem = (): void => {
    wayIn.forgetDoor()
    setProblem(undefined)
  }

  /** As if pressed in the driven player; without one the room is asked from where the timeline is. */
  const press = (act: PlayerAct): void => {
    const state = client.state()
    const estimate = client.clock()
    if (driver.tellDriven({ type: 'act', act }) || state.kind !== 'in-room' || !estimate) return
    ask(commandFor(act, state.room, hands.clock.nowMs() + estimate.offsetMs))
  }

  const say = (text: string): void => {
    const room = roomNow()
    if (!room) return
    const typed = readTyped(text, room)
    talk.answer(typed.kind === 'answer' ? typed.answer : undefined)
    if (typed.kind === 'command') void command(typed.command)
  }

  const command = async (asked: RoomCommand): Promise<void> => {
    const refusal = await hands.askForPerson(asked)
    if (!refusal && (asked.type === 'ban' || asked.type === 'unban')) answers.bansChanged()
  }

  const goThere = (tabId: number | undefined): void => {
    const target = driver.pages().drivenTabId ?? tabId
    const room = roomNow()
    const goTo = room && goToIn(room, undefined)
    if (target === undefined || !goTo) return
    driver.drive(target)
    ledTab.went()
    driver.open(target, goTo.address)
  }

  const setServer = (text: string): void => {
    const address = readServerAddress(text)
    if (!address.ok) {
      setProblem(badServer(text, address.why))
      return
    }
    forgetProblem()
    keepSettings({ ...settings(), server: address.server })
    // Who is still on the way in would otherwise end up at the server that they turned away from.
    if (client.state().kind !== 'outside' && !roomNow() && wayIn.doing() !== 'coming-back') client.leave()
  }

  return (message, tabId) => {
    switch (message.type) {
      case 'look':
        driver.inspect(message.tabId)
        return
      case 'start-room':
        wayIn.startRoom(tabId, message.name)
        return
      case 'join-room':
        wayIn.joinRoom(tabId, message)
        return
      case 'join-any':
        wayIn.joinAny(tabId, message.name)
        return
      case 'join-foreign':
        foreignWayIn.join(tabId, message.wish, message.needsSite)
        return
      case 'find-rooms':
        answers.findRooms(settings().server, keys.at(settings().server))
        return
      case 'use-key':
        wayIn.useKey(message.key)
        return
      case 'leave':
      case 'cancel':
        forgetProblem()
        client.leave()
        return
      case 'retry':
        client.retryNow()
        return
      case 'dismiss-problem':
        forgetProblem()
        return
      case 'rename':
        keepSettings({ ...settings(), name: message.name.trim() })
        if (client.state().kind !== 'outside') ask({ type: 'rename', name: message.name.trim() })
        return
      case 'set-control':
      case 'set-patience':
        ask(message)
        return
      case 'command':
        void command(message.command)
        return
      case 'say':
        say(message.text)
        return
      case 'typing':
        client.typing(message.isTyping)
        return
      case 'chat-seen': {
        const room = roomNow()
        if (room) talk.seen(room)
        return
      }
      case 'show-reaction':
        client.react(message.emoji)
        return
      case 'write-to':
        void client.write(message.to, message.text).then(hands.showRefusal)
        return
      case 'add-page': {
        const media = pageMedia(tabId)
        if (media) ask({ type: 'queue-add', items: [media], ...(message.first && { first: true }) })
        return
      }
      case 'play-page': {
        const media = pageMedia(tabId)
        if (media) ask({ type: 'set-media', media })
        return
      }
      case 'join-booth-with-page': {
        const media = pageMedia(tabId)
        ask({ type: 'join-booth', ...(media && { items: [media] }) })
        return
      }
      case 'go-there':
        goThere(tabId)
        hands.render()
        return
      case 'go-along':
        ledTab.setStays(!message.on)
        hands.render()
        return
      case 'make-invite':
      case 'list-bans':
      case 'list-aliases':
      case 'claim-alias':
      case 'release-alias':
        answers.ask(message)
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
        hands.render()
        return
      case 'reset-nudge':
        memories.resetNudge()
        hands.render()
        return
      case 'drive-here':
        driver.drive(tabId)
        return
      case 'open-you':
        person.open(message.section)
        return
      case 'person-command':
        void person.command(message.command).then(hands.showRefusal)
        return
      case 'join-friend':
        hands.showRefusal(person.joinFriend(message.personId, tabId))
        return
      case 'queue-playlist':
        void person.queuePlaylist(message.playlistId).then(hands.showRefusal)
        return
      case 'save-queue':
        void person.saveQueue(message.name).then(hands.showRefusal)
        return
      case 'site-asked':
        driver.allowedSitesChanged()
        foreignWayIn.siteAsked()
    }
  }
}
