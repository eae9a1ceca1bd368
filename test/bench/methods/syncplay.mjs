/**
 * Syncplay's thresholds on a web player: the server repeats each second where the slowest member is; who is ahead slows down.
 * From Syncplay/syncplay 9fdeea32 (constants.py, client.py, protocols.py, server.py): state 1 s; path from a round trip smoothed by 0.85, halved;
 * 0.95x when more than 1.5 s ahead until 0.1 s, never faster; back when more than 4 s ahead; forward by 0.25 s past it when more than 5 s
 * behind; a jump of more than 1 s off both the own line and the room's is a person's seek; everything at once; players are asked each
 * 0.1 s. What crosses a change under way is ignored on both sides, by counters, as there (`ignoringOnTheFly`).
 * Differs: a web player in place of mpv or VLC; forward also for who may control, after 1.75 s; its guess at unequal paths is left out, since
 * here they are equal and it would add the jitter only.
 */

/** @type {import('../relay.mjs').PeerMethod} */
export const syncplay = {
  id: 'syncplay',
  title: 'Syncplay thresholds',
  carriesRate: false,
  createRelay: ({ send, members, nowMs, later }) => {
    const STATE_MS = 1_000
    const SMOOTH = 0.85
    /** @type {Map<number, { positionSec: number, atMs: number }>} */
    const placeByMember = new Map()
    /** @type {Map<number, number>} */
    const roundTripByMember = new Map()
    /** Counters of changes: the member's own that was heard last, and of what it was told of others' last. */
    /** @type {Map<number, { own: number, told: number }>} */
    const changesByMember = new Map()
    let room = { positionSec: 0, atMs: nowMs(), playing: false }
    /** @param {{ positionSec: number, atMs: number }} place */
    const positionOf = ({ positionSec, atMs }) => positionSec + (room.playing ? (nowMs() - atMs) / 1000 : 0)
    const roomPosition = () => {
      const places = [...placeByMember.values()].map(positionOf)
      if (nowMs() - room.atMs > STATE_MS && places.length > 0)
        room = { ...room, positionSec: Math.min(...places), atMs: nowMs() }
      return positionOf(room)
    }
    /** @param {number} to @param {boolean} seek @param {number} [by] */
    const tell = (to, seek, by) =>
      send(to, {
        kind: 'state',
        positionSec: roomPosition(),
        playing: room.playing,
        seek,
        own: by === to,
        changes: changesByMember.get(to) ?? { own: 0, told: 0 },
        serverMs: nowMs(),
        roundTripMs: roundTripByMember.get(to) ?? 0,
      })
    const repeat = () => {
      for (const member of members()) tell(member, false)
      later(STATE_MS, repeat)
    }
    later(STATE_MS, repeat)
    return {
      joined: (member) => tell(member, false),
      left: (member) => {
        placeByMember.delete(member)
        changesByMember.delete(member)
      },
      heard: (from, frame) => {
        const echoedMs = Number(frame['echoedMs'])
        const before = roundTripByMember.get(from)
        const roundTripMs = Math.max(0, nowMs() - echoedMs)
        if (echoedMs > 0)
          roundTripByMember.set(from, before === undefined ? roundTripMs : SMOOTH * before + (1 - SMOOTH) * roundTripMs)
        const changes = changesByMember.get(from) ?? { own: 0, told: 0 }
        // It has not yet heard of somebody's change: what it says is of before.
        if (Number(frame['toldChange']) !== changes.told) return
        const pathSec = (roundTripByMember.get(from) ?? 0) / 2000
        const playing = frame['playing'] === true
        const positionSec = Number(frame['positionSec']) + (playing ? pathSec : 0)
        placeByMember.set(from, { positionSec, atMs: nowMs() })
        if (frame.kind !== 'change') return
        room = { positionSec, atMs: nowMs(), playing }
        // The others' last places are of before the change.
        for (const member of placeByMember.keys()) placeByMember.set(member, { positionSec, atMs: nowMs() })
        for (const member of members()) {
          const { own, told } = changesByMember.get(member) ?? { own: 0, told: 0 }
          changesByMember.set(
            member,
            member === from ? { own: Number(frame['ownChange']), told } : { own, told: told + 1 },
          )
          tell(member, frame['seek'] === true, from)
        }
      },
    }
  },
  follow: (video, link) => {
    const ASK_MS = 100
    const SLOW = { rate: 0.95, aboveSec: 1.5, untilSec: 0.1 }
    const REWIND_ABOVE_SEC = 4
    const FORWARD = { behindSec: 5, forMs: 1_750, extraSec: 0.25 }
    const SEEK_ABOVE_SEC = 1
    /** @type {{ positionSec: number, playing: boolean, atMs: number } | undefined} */
    let room
    let player = { positionSec: video.currentTime, playing: !video.paused, atMs: link.nowMs() }
    let echoedMs = 0
    const changes = { own: 0, told: 0 }
    /** @type {number | undefined} */
    let behindSinceMs
    /** @param {{ positionSec: number, playing: boolean, atMs: number }} place */
    const positionOf = ({ positionSec, playing, atMs }) => positionSec + (playing ? (link.nowMs() - atMs) / 1000 : 0)
    const look = () => {
      const before = player
      const expectedSec = positionOf(before)
      player = { positionSec: video.currentTime, playing: !video.paused, atMs: link.nowMs() }
      if (!room) return
      const pauseChanged = player.playing !== before.playing && player.playing !== room.playing
      const seeked =
        Math.abs(player.positionSec - expectedSec) > SEEK_ABOVE_SEC &&
        Math.abs(player.positionSec - positionOf(room)) > SEEK_ABOVE_SEC
      if (!pauseChanged && !seeked) return
      room = { ...player }
      changes.own += 1
      link.send({
        kind: 'change',
        positionSec: player.positionSec,
        playing: player.playing,
        seek: seeked,
        echoedMs,
        ownChange: changes.own,
        toldChange: changes.told,
      })
    }
    setInterval(look, ASK_MS)
    /** @param {number} positionSec */
    const jump = (positionSec) => {
      video.currentTime = positionSec
      player = { positionSec, playing: !video.paused, atMs: link.nowMs() }
    }
    link.heard = (frame) => {
      echoedMs = Number(frame['serverMs'])
      look()
      const heard = /** @type {{ own: number, told: number }} */ (frame['changes'])
      changes.told = heard.told
      // It was sent before the server heard of our change.
      if (heard.own !== changes.own) return
      const playing = frame['playing'] === true
      const ageSec = playing ? Number(frame['roundTripMs']) / 2000 : 0
      const positionSec = Number(frame['positionSec']) + ageSec
      const isFirst = room === undefined
      const pauseChanged = room?.playing !== playing
      room = { positionSec, playing, atMs: link.nowMs() }
      const aheadSec = video.currentTime - positionSec
      const seek = frame['seek'] === true && frame['own'] !== true
      if (isFirst || seek) jump(positionSec)
      else if (aheadSec > REWIND_ABOVE_SEC) jump(positionSec)
      else if (-aheadSec > FORWARD.behindSec) {
        behindSinceMs ??= link.nowMs()
        if (link.nowMs() - behindSinceMs >= FORWARD.forMs) jump(positionSec + FORWARD.extraSec)
      } else behindSinceMs = undefined
      if (playing && !seek) {
        if (aheadSec > SLOW.aboveSec) video.playbackRate = SLOW.rate
        else if (aheadSec < SLOW.untilSec) video.playbackRate = 1
      }
      if (pauseChanged && playing && video.paused) void video.play()
      if (pauseChanged && !playing && !video.paused) {
        jump(positionSec)
        video.pause()
      }
      player = { ...player, playing: !video.paused }
      link.send({
        kind: 'state',
        positionSec: video.currentTime,
        playing: !video.paused,
        echoedMs,
        toldChange: changes.told,
      })
    }
  },
}
