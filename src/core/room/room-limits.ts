/** What the limits are and why they are there is told in SPEC.md, section "Limits". */
export const ROOM_LIMITS = {
  members: 100,
  nameLength: 32,
  titleLength: 300,
  addressLength: 2000,
  maxPositionSec: 10_000_000,
  minRate: 0.25,
  maxRate: 4,
  titleOfRoom: 254,
  descriptionLength: 1000,
  welcomeLength: 500,
  reasonLength: 200,
  authorLength: 200,
  imageLength: 500,
  /** Items in the queue, and how long all their content may be together, as JSON. */
  items: 500,
  queueLength: 200_000,
  /** The same for what is kept of the last cleared queue. */
  previousLength: 50_000,
  itemsAtOnce: 50,
  /** Items that one member has voted on. */
  votes: 30,
  /** Noted on what is played, also of those who have left. */
  grabs: 300,
  history: 30,
  undo: 20,
  lines: 100,
  lineLength: 500,
  mentions: 20,
  /** On one line, of all members together. */
  reactions: 40,
  /** Some signs that people see as one are many letters. */
  emojiLength: 32,
  /** Lines and reactions that one person may send at once. */
  chatBurst: 5,
  bans: 200,
  /** Identities whose role or mute is remembered. */
  remembered: 200,
} as const
