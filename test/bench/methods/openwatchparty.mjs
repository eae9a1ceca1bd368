/**
 * OpenWatchParty: the host's states on a server clock; a loop of 500 ms closes the rest with a rate by the square root of the drift.
 * mhbxyz/OpenWatchParty 1b960f0 (2026-01-18): play 300 ms ahead; state 1 s, at the server not within 2 s of an event nor 0.5 s of the last;
 * ping on open and each 10 s, least round trip of 8, smoothed by 0.4; dead zone 40 ms; rate 1 ± 0.5 * sqrt(drift) in 0.85 to 2.0;
 * seek from 2 s, not within 2 s of a play and not in the first 8 s after joining unless over 10 s; seeks under 1 s are not sent.
 * A host that had to wait says `buffering`, then `play`: so its source means it, though a `canplay` that comes first would swallow that.
 */

/** @type {import('../relay.mjs').PeerMethod} */
export const openWatchParty = {
  id: 'openwatchparty',
  title: 'OpenWatchParty',
  carriesRate: false,
  createRelay: ({ send, members, nowMs }) => {
    const AHEAD_MS = 300
    const AFTER_EVENT_MS = 2_000
    const AFTER_STATE_MS = 500
    let stored = { positionSec: 0, playing: false }
    let eventMs = 0
    let stateMs = 0
    /** @param {number} from @param {import('../relay.mjs').Frame} frame */
    const tellOthers = (from, frame) => {
      for (const member of members()) if (member !== from) send(member, frame)
    }
    return {
      joined: (member) => send(member, { kind: 'room', isHost: members()[0] === member, serverMs: nowMs(), ...stored }),
      heard: (from, frame) => {
        if (frame.kind === 'ping') {
          send(from, { kind: 'pong', sentMs: frame['sentMs'], serverMs: nowMs() })
          return
        }
        if (from !== members()[0]) return
        const now = { positionSec: Number(frame['positionSec']), playing: frame['playing'] === true }
        if (frame.kind === 'event') {
          eventMs = nowMs()
          stored = now
          tellOthers(from, { ...frame, serverMs: eventMs + AHEAD_MS })
          return
        }
        const movedSec = now.positionSec - stored.positionSec
        const tooSoon = nowMs() - eventMs < AFTER_EVENT_MS || nowMs() - stateMs < AFTER_STATE_MS
        const tooLittle = (movedSec >= -2 && movedSec < -0.5) || (movedSec >= 0 && movedSec < 0.5)
        if (now.playing === stored.playing && (tooSoon || tooLittle)) return
        stateMs = nowMs()
        stored = now
        tellOthers(from, { ...frame, serverMs: stateMs })
      },
    }
  },
  follow: (video, link) => {
    const PING_MS = 10_000
    const STATE_MS = 1_000
    const LOOP_MS = 500
    const DEAD_ZONE_SEC = 0.04
    const SEEK_FROM_SEC = 2
    const SEEK_SENT_ABOVE_SEC = 1
    const RATES = { least: 0.85, most: 2, gain: 0.5 }
    const COOLDOWN_MS = 2_000
    const JOINING_MS = 8_000
    const LEAD_SEC = 0.3
    const joinedMs = link.nowMs()
    let isHost = false
    let isBuffering = false
    let cooldownUntilMs = 0
    let sentSec = 0
    /** @type {{ offsetMs: number, roundTripMs: number }[]} */
    let samples = []
    /** @type {number | undefined} */
    let offsetMs
    const base = { positionSec: 0, serverMs: 0, playing: false }
    const serverMs = () => link.nowMs() + (offsetMs ?? 0)
    const ping = () => link.send({ kind: 'ping', sentMs: link.nowMs() })
    ping()
    setInterval(ping, PING_MS)

    /** @param {string} action @param {boolean} playing */
    const tellEvent = (action, playing) => {
      if (isHost) link.send({ kind: 'event', action, positionSec: video.currentTime, playing })
    }
    video.addEventListener('play', () => {
      if (!video.seeking) tellEvent('play', true)
    })
    video.addEventListener('pause', () => {
      if (!video.seeking && !isBuffering) tellEvent('pause', false)
    })
    video.addEventListener('seeked', () => {
      if (Math.abs(video.currentTime - sentSec) < SEEK_SENT_ABOVE_SEC) return
      sentSec = video.currentTime
      tellEvent('seek', !video.paused)
    })
    video.addEventListener('waiting', () => {
      isBuffering = true
      tellEvent('buffering', false)
    })
    video.addEventListener('canplay', () => {
      // A host that plays on says so first.
      if (!isHost) isBuffering = false
    })
    video.addEventListener('playing', () => {
      if (isBuffering) tellEvent('play', true)
      isBuffering = false
    })
    setInterval(() => {
      if (isHost && !video.seeking && !isBuffering)
        link.send({ kind: 'state', positionSec: video.currentTime, playing: !video.paused })
    }, STATE_MS)

    const play = () => {
      cooldownUntilMs = link.nowMs() + COOLDOWN_MS
      void video.play()
    }
    /** @param {number} positionSec @param {number} atMs */
    const setBase = (positionSec, atMs) => {
      base.positionSec = positionSec
      base.serverMs = atMs
    }
    /** @param {import('../relay.mjs').Frame} frame */
    const takeEvent = (frame) => {
      const atMs = Number(frame['serverMs'])
      const told = Number(frame['positionSec'])
      const isPlay = frame['action'] === 'play'
      const target = isPlay ? told + Math.max(0, serverMs() - atMs) / 1000 + LEAD_SEC : told
      if (Math.abs(target - video.currentTime) > SEEK_SENT_ABOVE_SEC) {
        video.pause()
        video.currentTime = target
      }
      setBase(told, atMs)
      base.playing = isPlay
      if (isPlay) setTimeout(play, Math.max(0, atMs - serverMs()))
      else if (frame['action'] !== 'seek') video.pause()
    }
    link.heard = (frame) => {
      if (frame.kind === 'pong') {
        const nowMs = link.nowMs()
        const roundTripMs = nowMs - Number(frame['sentMs'])
        samples = [...samples, { offsetMs: Number(frame['serverMs']) + roundTripMs / 2 - nowMs, roundTripMs }].slice(-8)
        const best = samples.reduce((least, sample) => (sample.roundTripMs < least.roundTripMs ? sample : least))
        offsetMs = offsetMs === undefined ? best.offsetMs : 0.6 * offsetMs + 0.4 * best.offsetMs
        return
      }
      if (frame.kind === 'event') {
        takeEvent(frame)
        return
      }
      if (frame.kind === 'room') {
        isHost = frame['isHost'] === true
        if (isHost) return
        offsetMs ??= Number(frame['serverMs']) - link.nowMs()
        const target = Number(frame['positionSec'])
        if (Math.abs(video.currentTime - target) > SEEK_SENT_ABOVE_SEC) video.currentTime = target
      }
      base.playing = frame['playing'] === true
      if (isBuffering) return
      setBase(Number(frame['positionSec']), Number(frame['serverMs']))
      if (base.playing && video.paused) play()
      else if (!base.playing && !video.paused) video.pause()
    }
    setInterval(() => {
      if (isHost || isBuffering || video.seeking) return
      if (!base.playing || video.paused) {
        video.playbackRate = 1
        return
      }
      const expectedSec = base.positionSec + Math.max(0, serverMs() - base.serverMs) / 1000
      const driftSec = expectedSec - video.currentTime
      const size = Math.abs(driftSec)
      const cooling = link.nowMs() < cooldownUntilMs || (link.nowMs() - joinedMs < JOINING_MS && size < 10)
      if (size < DEAD_ZONE_SEC) video.playbackRate = 1
      else if (size >= SEEK_FROM_SEC && !cooling) {
        video.currentTime = expectedSec
        video.playbackRate = 1
      } else {
        const wanted = 1 + Math.sign(driftSec) * Math.sqrt(size) * RATES.gain
        video.playbackRate = Math.min(RATES.most, Math.max(RATES.least, wanted))
      }
    }, LOOP_MS)
  },
}
