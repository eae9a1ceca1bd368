/** A plug.dj client with an account: it takes turns as a DJ, from a playlist of its own. What is current plays, for everybody, from a moment on. */
import { createPlugdjClient } from '../../foreign/plugdj/client'
import { type Hand, nothing, type World } from '../hand'

const NO_PAUSE = 'the wire has no pause: what is current plays'

export function plugdjHand({ server, time, dial, ask, name }: World): Hand {
  const login = { email: `${name}@example.org`, password: `the word of ${name}` }
  const client = createPlugdjClient({ server, library: 'plugapi', login, time, dial, ask })
  let hasLeft = false
  return {
    dialect: 'plugdj',
    client: '`plug-login`, `plug-socket`, `miniplug` unmodified; `plugapi`, `plugged` (by script)',
    cannot: {
      play: NO_PAUSE,
      seek: 'the wire has no seek',
      rate: 'the wire has no rate',
      pause: NO_PAUSE,
    },
    blind: {
      rate: 'the wire has no rate',
      playing: NO_PAUSE,
      queue: 'each DJ knows their own playlist only',
      leads: 'the first one in leads on every wire; here a role says who is staff',
    },
    standing: NO_PAUSE,
    within: { sec: 1, atOtherRateSec: Number.POSITIVE_INFINITY },
    async make() {
      await client.signUp(name)
      await client.join()
      const slug = await client.makeRoom(`Room of ${name}`)
      await client.move(slug)
    },
    async enter(code) {
      // Who comes again has an account already.
      await client.signUp(name).catch(nothing)
      await client.join(code)
    },
    play: nothing,
    seek: nothing,
    setRate: nothing,
    pause: nothing,
    async queueUp(films) {
      await client.makePlaylist(
        'Films',
        films.map(({ id, title, lengthSec }) => ({
          cid: id,
          format: 1,
          title,
          author: 'Somebody',
          duration: lengthSec,
          image: '',
        })),
      )
      await client.joinWaitList()
    },
    async next() {
      await client.skipMe()
    },
    say: (text) => client.chat(text),
    leave() {
      hasLeft = true
      client.leave()
    },
    sees: () => ({
      isIn: client.isIn() && !hasLeft && !client.told.some(({ a }) => a === 'killSession'),
      positionSec: client.position(),
      media: client.current()?.cid,
      people: client.members().length + client.guests(),
      names: client.members().map((member) => member.name),
      lines: client.lines().map(({ text }) => text),
    }),
    stumbles: () => client.stumbles,
    stop: () => client.leave(),
  }
}
