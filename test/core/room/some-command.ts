/** A command that somebody in that room might ask, or somebody who plays tricks: most are sensible, so that rooms get somewhere. */
import type { MediaWish, RoomCommand } from '../../../src/core/room/command'
import { PERMISSIONS, ROLES, TABLE_ROLES } from '../../../src/core/room/role'
import { type PublicRoom, SUSPENSION_REASONS, WAITABLE_REASONS } from '../../../src/core/room/room'
import { MODES } from '../../../src/core/room/settings'
import type { SeededRandom } from '../../doubles/seeded-random'

type Make = (random: SeededRandom, room: PublicRoom) => RoomCommand

const maybe = <Fields extends object>(random: SeededRandom, fields: Fields): Partial<Fields> =>
  random.float() < 0.5 ? fields : {}

const oneOf = <Value>(random: SeededRandom, values: readonly Value[], otherwise: Value): Value =>
  values[Math.floor(random.float() * (values.length + 0.1))] ?? otherwise

const seconds = (random: SeededRandom): number => (random.float() < 0.1 ? -5 : random.between(0, 7_200))
const memberIn = (random: SeededRandom, room: PublicRoom): string =>
  oneOf(
    random,
    room.members.map(({ id }) => id),
    'nobody',
  )
const itemIn = (random: SeededRandom, { media, queue }: PublicRoom): string => {
  if (media && random.float() < 0.4) return media.id
  return oneOf(
    random,
    queue.items.map(({ id }) => id),
    'nothing',
  )
}
const lineIn = (random: SeededRandom, room: PublicRoom): string =>
  oneOf(
    random,
    room.chat.map(({ id }) => id),
    'no-line',
  )
const indexIn = (random: SeededRandom): number => Math.floor(random.between(0, 6))

function wish(random: SeededRandom): MediaWish {
  const number = Math.floor(random.between(0, 12))
  return {
    ...maybe(random, { durationSec: random.pick([0, 0.5, 3, 60, 200]) }),
    ...maybe(random, { startAtSec: random.pick([0, 1, 30]) }),
    ...(random.float() < 0.1 && { endAtSec: random.pick([0, 20]) }),
    content: {
      address: `https://example.org/${number}.mp4`,
      title: random.pick([`Film ${number}`, 'A "film"\u0000', '']),
    },
  }
}
const wishes = (random: SeededRandom): readonly MediaWish[] =>
  Array.from({ length: Math.floor(random.between(1, 4)) }, () => wish(random))

const forWhile = (random: SeededRandom) => ({
  ...maybe(random, { forMs: random.pick([0, 1_000, 60_000]) }),
  ...maybe(random, { reason: random.pick(['noise', '', 'x'.repeat(300)]) }),
})

const PLAYBACK: Make[] = [
  (random) => ({ type: random.pick(['play', 'pause', 'seek']), positionSec: seconds(random) }),
  (random) => ({ type: 'play', positionSec: seconds(random) }),
  (random) => ({ type: 'set-rate', rate: random.pick([0.5, 1, 1.5, 99]) }),
  (random) => ({ type: 'set-media', media: wish(random) }),
  (random) => ({ type: 'suspend', reason: random.pick(SUSPENSION_REASONS) }),
  () => ({ type: 'resume' }),
  (random) => ({ type: 'rename', name: random.pick(['Ada', 'Bo', '', 'Åse', '名前']) }),
]

const PEOPLE: Make[] = [
  (random) => ({ type: 'set-control', control: random.pick(['host', 'everyone']) }),
  () => ({ type: 'set-control', control: 'everyone' }),
  (random) => ({
    type: 'set-patience',
    patience: {
      mostSec: random.pick([0, 2, 10, 60, 300, 999, -0]),
      reasons: WAITABLE_REASONS.filter(() => random.float() < 0.5),
    },
  }),
  (random, room) => ({ type: 'set-role', memberId: memberIn(random, room), role: random.pick(ROLES) }),
  (random, room) => {
    const role = random.pick(TABLE_ROLES)
    const changed = random.pick(PERMISSIONS)
    const row = room.permissions[role]
    const permissions = row.includes(changed) ? row.filter((each) => each !== changed) : [...row, changed]
    return { type: 'set-permissions', role, permissions }
  },
  (random) => ({
    type: 'configure',
    settings: {
      ...maybe(random, { mode: random.pick(MODES) }),
      ...maybe(random, { skipShare: random.pick([0, 0.5, 1, 2]) }),
      ...maybe(random, { cycle: random.float() < 0.5, djsLocked: random.float() < 0.2 }),
      ...maybe(random, { capacity: random.pick([0, 50, 100]) }),
      ...maybe(random, { chat: random.float() < 0.9, temporary: random.float() < 0.5, listed: random.float() < 0.5 }),
      ...maybe(random, { shown: { title: random.pick(['Cinema', 'x'.repeat(300)]), welcome: 'Come in' } }),
    },
  }),
  (random, room) => ({ type: 'mute', memberId: memberIn(random, room), ...forWhile(random) }),
  (random, room) => ({ type: 'unmute', memberId: memberIn(random, room) }),
  () => ({ type: 'revoke-invites' }),
]

const QUEUE: Make[] = [
  (random) => ({ type: 'queue-add', items: wishes(random), ...maybe(random, { first: true }) }),
  (random) => ({ type: 'queue-add', items: wishes(random), ...maybe(random, { again: true }) }),
  (random, room) => ({ type: 'queue-remove', itemId: itemIn(random, room) }),
  (random, room) => ({ type: 'queue-move', itemId: itemIn(random, room), toIndex: indexIn(random) }),
  () => ({ type: 'queue-shuffle' }),
  () => ({ type: 'queue-undo' }),
  (random, { queue }) =>
    queue.previous.length > 0 || random.float() < 0.1
      ? { type: 'queue-restore', ...maybe(random, { discard: random.float() < 0.3 }) }
      : { type: 'queue-clear' },
  (random, room) => ({
    type: 'edit-item',
    itemId: itemIn(random, room),
    ...maybe(random, { durationSec: random.pick([0, 30, 300]) }),
    ...maybe(random, { endAtSec: 20 }),
  }),
  (random, room) => ({ type: random.pick(['play-now', 'media-ended', 'grab', 'grab']), itemId: itemIn(random, room) }),
  (random, room) => ({ type: 'skip', ...maybe(random, { itemId: itemIn(random, room) }) }),
  (random, room) => ({ type: 'vote', itemId: itemIn(random, room), vote: random.pick([1, 0, -1]) }),
  (random, room) => ({ type: 'vote-skip', itemId: itemIn(random, room), wants: random.float() < 0.8 }),
]

const BOOTH: Make[] = [
  (random) => ({ type: 'join-booth', ...maybe(random, { items: wishes(random) }) }),
  () => ({ type: 'leave-booth' }),
  (random, room) => ({ type: random.pick(['add-dj', 'remove-dj']), memberId: memberIn(random, room) }),
  (random, room) => ({ type: 'move-dj', memberId: memberIn(random, room), toIndex: indexIn(random) }),
]

const CHAT: Make[] = [
  (random, room) => ({
    type: 'say',
    text: random.pick(['hello', 'a\u0000b', ' ', 'x'.repeat(501), '"quoted" 🎬']),
    ...maybe(random, { mentions: [memberIn(random, room), memberIn(random, room)] }),
    ...maybe(random, { emote: random.float() < 0.5 }),
  }),
  (random, room) => ({
    type: 'react',
    lineId: lineIn(random, room),
    emoji: random.pick(['🎉', '👍', '']),
    on: random.float() < 0.8,
  }),
  (random, room) => ({ type: 'delete-line', lineId: lineIn(random, room) }),
]

/** These end a membership, or keep somebody out: a test that counts who is there leaves them out. */
const REMOVALS: Make[] = [
  (random, room) => ({ type: 'kick', memberId: memberIn(random, room), ...maybe(random, { reason: 'noise' }) }),
  (random, room) => ({ type: 'ban', memberId: memberIn(random, room), ...forWhile(random) }),
  () => ({ type: 'leave' }),
  (random) => ({
    type: 'configure',
    settings: { capacity: random.pick([3, 100]), guests: random.float() < 0.5 },
  }),
]

const AREAS: readonly [Make[], ...Make[][]] = [PLAYBACK, PEOPLE, QUEUE, QUEUE, QUEUE, BOOTH, CHAT]

export function someCommand(random: SeededRandom, room: PublicRoom): RoomCommand {
  return oneOf(random, random.pick(AREAS), PLAYBACK[0] ?? (() => ({ type: 'resume' as const })))(random, room)
}

export function someRemoval(random: SeededRandom, room: PublicRoom): RoomCommand {
  return oneOf(random, REMOVALS, () => ({ type: 'leave' as const }))(random, room)
}
