/** What the limits are and why they are there is told in SPEC.md, section "Limits" of people. */
export const PERSON_LIMITS = {
  nameLength: 32,
  /** Friends and people asked to be, together: whoever says yes always finds a place. */
  friends: 200,
  /** Requests that wait for an answer. */
  requests: 100,
  blocked: 200,
  conversations: 50,
  messagesEach: 100,
  messageLength: 500,
  /** Of all conversations together, as JSON. */
  messagesLength: 300_000,
  playlists: 50,
  playlistNameLength: 64,
  itemsEach: 500,
  itemsAtOnce: 50,
  /** What all items of all playlists may be long together, as JSON. */
  playlistsLength: 500_000,
  history: 100,
  /** The same for what was played. */
  historyLength: 60_000,
  /** What a wire keeps for its own settings. */
  preferences: 40,
  preferenceDialects: 8,
  preferenceLength: 200,
  /** What is still to be told to others. */
  owed: 500,
  /** Of how many others it is remembered what they told last. */
  heardFrom: 500,
} as const
