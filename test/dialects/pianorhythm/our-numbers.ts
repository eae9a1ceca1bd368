/** The numbers that the page leaves open, as our schema has them, in the names of the scripted client and server, which chose others. */
import { AvatarDataSchema, file_pianorhythm } from '../../../src/dialects/pianorhythm/built/pianorhythm_pb'

/** What the schema calls otherwise than they do. */
const CALLED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ServerMessage: { welcomeMessage: 'welcome' },
  UserInfo: { id: 'user_id' },
  PrivateMessage: { user_id: 'from_user_id' },
}
const MESSAGES: Readonly<Record<string, string>> = { WelcomeMessage: 'Welcome' }

export const OUR_NUMBERS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  ...Object.fromEntries(
    file_pianorhythm.messages.map(({ name, fields }) => [
      MESSAGES[name] ?? name,
      Object.fromEntries(fields.map((field) => [CALLED[name]?.[field.name] ?? field.name, field.number])),
    ]),
  ),
  // Theirs are texts, ours are numbers: they are to be skipped.
  AvatarData: { x: 1_001, y: 1_002, appearance: 1_003, status: AvatarDataSchema.field.status.number },
}
