/**
 * OpenWatchParty: the host's states on a server clock; a loop of 500 ms closes the rest with a rate by the square root of the drift.
 * From mhbxyz/OpenWatchParty 1b960f0 (2026-01-18; client ws.js, playback.js, utils.js; server ws.rs): play 300 ms ahead; state 1 s and after
 * each event, at the server not within 2 s of an event nor 0.5 s of the last; ping on open and each 10 s, least round trip of 8, smoothed by 0.4;
 * dead zone 40 ms; rate 1 ± 0.5 * sqrt(drift) in 0.85 to 2.0; seek from 2 s, not within 2 s of a play nor while joining (8 s to 30 s, unless
 * over 10 s off); in those 2 s (joining: 8 s) the host's positions do not move the line; a play or seek moves the viewer if over 1 s.
 * Differs in its favour: a seek is told however little data is there, and a newcomer has its clock before it asks for the room.
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
    let toldMs = 0
    /** @param {number} from @param {import('../relay.mjs').Frame} frame */
    const tellOthers = (from, frame) => {
      for (const member of members()) if (member !== from) send(member, frame)
    }
    return {
      heard: (from, frame) => {
        if (frame.kind === 'ping') {
          send(from, { kind: 'pong', sentMs: frame['sentMs'], serverMs: nowMs() })
          return
        }
        const isHost = members()[0] === from
        if (frame.kind === 'join') {
          send(from, { kind: 'room', isHost, serverMs: nowMs(), ...stored })
          return
        }
        if (!isHost) return
        const positionSec = Number(frame['positionSec'])
        const playing = typeof frame['playing'] === 'boolean' ? frame['playing'] : stored.playing
        if (frame.kind === 'event') {
          eventMs = nowMs()
          toldMs = eventMs
          stored = { positionSec, playing }
          tellOthers(from, { ...frame, serverMs: eventMs + AHEAD_MS })
          return
        }
        const movedSec = positionSec - stored.positionSec
        const tooSoon = nowMs() - eventMs < AFTER_EVENT_MS || nowMs() - toldMs < AFTER_STATE_MS
        const tooLittle = (movedSec >= -2 && movedSec < -0.5) || (movedSec >= 0 && movedSec < 0.5)
        if (playing === stored.playing && (tooSoon || tooLittle)) return
        toldMs = nowMs()
        stored = { positionSec, playing }
        tellOthers(from, { ...frame, serverMs: toldMs })
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
    const JOINING = { quietMs: 8_000, atMostMs: 30_000, untilSec: 0.5, seekAboveSec: 10 }
    const LEAD_SEC = 0.3
    let isHost = false
    let hasAsked = false
    let isBuffering = false
    let cooldownUntilMs = 0
    /** While joining: until when at most. */
    let joiningUntilMs = 0
    let sentSec = 0
    /** @type {{ offsetMs: number, roundTripMs: number }[]} */
    let samples = []
    /** @type {number | undefined} */
    let offsetMs
    /** The line as the host told it last. */
    const base = { positionSec: 0, serverMs: 0, playing: false }
    const serverMs = () => link.nowMs() + (offsetMs ?? 0)
    const ping = () => link.send({ kind: 'ping', sentMs: link.nowMs() })
    ping()
    setInterval(ping, PING_MS)

    const state = () => ({ positionSec: video.currentTime, playing: !video.paused })
    /** @param {string} action */
    const tellEvent = (action) => {
      if (!isHost) return
      link.send({ kind: 'event', action, ...state() })
      link.send({ kind: 'state', ...state() })
    }
    video.addEventListener('play', () => {
      if (!video.seeking) tellEvent('play')
    })
    video.addEventListener('pause', () => {
      if (!video.seeking && !isBuffering) tellEvent('pause')
    })
    video.addEventListener('seeked', () => {
      if (Math.abs(video.currentTime - sentSec) < SEEK_SENT_ABOVE_SEC) return
      sentSec = video.currentTime
      tellEvent('seek')
    })
    video.addEventListener('waiting', () => {
      isBuffering = true
      if (isHost) link.send({ kind: 'event', action: 'buffering', positionSec: video.currentTime })
    })
    for (const event of ['canplay', 'playing'])
      video.addEventListener(event, () => {
        isBuffering = false
      })
    setInterval(() => {
      if (isHost && !video.seeking && !isBuffering && video.readyState >= 3) link.send({ kind: 'state', ...state() })
    }, STATE_MS)

    /** @param {number} positionSec @param {number} atMs */
    const setBase = (positionSec, atMs) => {
      base.positionSec = positionSec
      base.serverMs = atMs
    }
    /** @param {number} positionSec @param {number} atMs when the server told it, or will have @returns {number} */
    const adjusted = (positionSec, atMs) => positionSec + Math.max(0, serverMs() - atMs) / 1000 + LEAD_SEC
    const resume = () => {
      cooldownUntilMs = link.nowMs() + COOLDOWN_MS
      void video.play()
    }
    const endJoining = () => {
      cooldownUntilMs = 0
      joiningUntilMs = 0
    }
    /** @param {import('../relay.mjs').Frame} frame */
    const takeEvent = (frame) => {
      const atMs = Number(frame['serverMs'])
      const told = Number(frame['positionSec'])
      const action = frame['action']
      const target = action === 'seek' || action === 'buffering' ? told : adjusted(told, atMs)
      if (Math.abs(target - video.currentTime) > SEEK_SENT_ABOVE_SEC) {
        video.pause()
        video.currentTime = target
        setBase(target, serverMs())
      } else setBase(video.currentTime, serverMs())
      if (action === 'play') {
        base.playing = true
        setBase(told, atMs)
        cooldownUntilMs = link.nowMs() + COOLDOWN_MS
        setTimeout(() => void video.play(), Math.max(0, atMs - serverMs()))
      } else if (action === 'pause') {
        base.playing = false
        endJoining()
        video.pause()
      } else if (action === 'seek') {
        base.playing = frame['playing'] === true
        if (base.playing) resume()
      } else {
        base.playing = false
        video.pause()
      }
    }
    /** @param {import('../relay.mjs').Frame} frame */
    const takeRoom = (frame) => {
      isHost = frame['isHost'] === true
      if (isHost) return
      const atMs = Number(frame['serverMs'])
      const told = Number(frame['positionSec'])
      base.playing = frame['playing'] === true
      setBase(told, atMs)
      const target = adjusted(told, atMs)
      if (base.playing) {
        cooldownUntilMs = link.nowMs() + JOINING.quietMs
        joiningUntilMs = link.nowMs() + JOINING.atMostMs
      }
      if (Math.abs(video.currentTime - target) > SEEK_SENT_ABOVE_SEC) {
        video.currentTime = target
        setBase(target, serverMs())
      }
      if (base.playing) void video.play()
      else video.pause()
    }
    /** @param {import('../relay.mjs').Frame} frame */
    const takeState = (frame) => {
      base.playing = frame['playing'] === true
      if (base.playing && video.paused) {
        setBase(video.currentTime, serverMs())
        resume()
        return
      }
      if (!base.playing && !video.paused) {
        endJoining()
        video.pause()
      }
      if (isBuffering || video.readyState < 3 || link.nowMs() < cooldownUntilMs) return
      setBase(Number(frame['positionSec']), Number(frame['serverMs']))
    }
    link.heard = (frame) => {
      if (frame.kind === 'pong') {
        const nowMs = link.nowMs()
        const roundTripMs = nowMs - Number(frame['sentMs'])
        samples = [...samples, { offsetMs: Number(frame['serverMs']) + roundTripMs / 2 - nowMs, roundTripMs }].slice(-8)
        const best = samples.reduce((least, sample) => (sample.roundTripMs < least.roundTripMs ? sample : least))
        offsetMs = offsetMs === undefined ? best.offsetMs : 0.6 * offsetMs + 0.4 * best.offsetMs
        if (!hasAsked) link.send({ kind: 'join' })
        hasAsked = true
      } else if (frame.kind === 'event') takeEvent(frame)
      else if (frame.kind === 'room') takeRoom(frame)
      else takeState(frame)
    }
    setInterval(() => {
      if (!base.playing || video.paused) {
        if (!isHost) video.playbackRate = 1
        return
      }
      if (isHost || isBuffering || video.readyState < 3) return
      const expectedSec = base.positionSec + Math.max(0, serverMs() - base.serverMs) / 1000
      const driftSec = expectedSec - video.currentTime
      const size = Math.abs(driftSec)
      const jump = () => {
        video.currentTime = expectedSec
        setBase(expectedSec, serverMs())
      }
      if (joiningUntilMs > 0) {
        if (size > JOINING.seekAboveSec) {
          jump()
          return
        }
        if (size < JOINING.untilSec || link.nowMs() >= joiningUntilMs) joiningUntilMs = 0
      }
      if (size < DEAD_ZONE_SEC) video.playbackRate = 1
      else if (size >= SEEK_FROM_SEC && joiningUntilMs === 0 && link.nowMs() >= cooldownUntilMs) {
        jump()
        video.playbackRate = 1
      } else {
        const wanted = 1 + Math.sign(driftSec) * Math.sqrt(size) * RATES.gain
        video.playbackRate = Math.min(RATES.most, Math.max(RATES.least, wanted))
      }
    }, LOOP_MS)
  },
}
