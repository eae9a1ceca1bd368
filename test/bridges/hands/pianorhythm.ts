/** A client written from PianoRhythm's published page. People, chat and notes; of the film it reads a line in the chat. */

import { OUR_NUMBERS } from '../../dialects/pianorhythm/our-numbers'
import { fieldsOf, textOf } from '../../foreign/json'
import { createPianoRhythmClient } from '../../foreign/pianorhythm/client'
import { type Hand, nothing, type World } from '../hand'

const NO_FILM = 'the wire has no film; its chat says what happens to it'

export function pianorhythmHand({ server, time, dial, name }: World): Hand {
  const about = encodeURIComponent(JSON.stringify({ username: name, token: '' }))
  const url = `${server.replace(/^http/, 'ws')}/api/websocket/${about}`
  const client = createPianoRhythmClient({ url, time, dial, numbers: OUR_NUMBERS })
  /** It has heard that it is itself the one who left. */
  const isSentOut = (): boolean =>
    client.told.some(
      ({ userLeftRoom }) => textOf(fieldsOf(fieldsOf(userLeftRoom)['user_info'])['user_id']) === client.me()?.id,
    )
  return {
    dialect: 'pianorhythm',
    client: 'a client of the published page (by script)',
    cannot: { play: NO_FILM, seek: NO_FILM, rate: NO_FILM, pause: NO_FILM, 'next in queue': NO_FILM },
    blind: {
      playing: NO_FILM,
      positionSec: NO_FILM,
      rate: NO_FILM,
      media: NO_FILM,
      queue: NO_FILM,
      leads: 'the page has no word for who leads',
    },
    within: { sec: 0 },
    make: async () => {
      client.create('movie night')
      client.connect()
    },
    enter: async (code) => {
      client.join(code)
      client.connect()
    },
    play: nothing,
    seek: nothing,
    setRate: nothing,
    pause: nothing,
    queueUp: nothing,
    next: nothing,
    say: (text) => client.chat(text),
    leave: () => client.leaveRoom(),
    sees: () => ({
      isIn: client.isIn() && !isSentOut(),
      people: client.members().length,
      names: client.members().map((user) => user.name),
      lines: client.lines().map(({ text }) => text),
    }),
    stumbles: () => client.stumbles,
    stop: () => client.stop(),
  }
}
