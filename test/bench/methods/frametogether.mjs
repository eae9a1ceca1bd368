/**
 * FrameTogether: the first member leads and sends where it is; viewers seek when they are more than 2 s off.
 * From un1970ix/frametogether-extension 542da43 (content script): poll 1 s and on play, pause, seeked; a state is sent when it moved by more
 * than 0.5 s or its pause changed; seek above 2 s; own events suppressed for 500 ms. No clock, no rate.
 * That its server tells a newcomer nothing until the leader's next state (1 s at most while playing) is an assumption: the server's source
 * is not public.
 */

/** @type {import('../relay.mjs').PeerMethod} */
export const frameTogether = {
  id: 'frametogether',
  title: 'FrameTogether',
  carriesRate: false,
  createRelay: ({ send, members }) => ({
    joined: (member) => send(member, { kind: 'joined', isHost: members()[0] === member }),
    heard: (from, frame) => {
      if (from !== members()[0]) return
      for (const member of members()) if (member !== from) send(member, frame)
    },
  }),
  follow: (video, link) => {
    const POLL_MS = 1_000
    const SEND_ABOVE_SEC = 0.5
    const SEEK_ABOVE_SEC = 2
    const SUPPRESS_MS = 500
    let isHost = false
    let isApplying = false
    /** @type {{ positionSec: number, paused: boolean } | undefined} */
    let last
    const check = () => {
      if (!isHost || isApplying) return
      const now = { positionSec: video.currentTime, paused: video.paused }
      const same = last && Math.abs(now.positionSec - last.positionSec) <= SEND_ABOVE_SEC && now.paused === last.paused
      if (same) return
      last = now
      link.send({ kind: 'state', ...now })
    }
    for (const event of ['play', 'pause', 'seeked']) video.addEventListener(event, check)
    setInterval(check, POLL_MS)
    link.heard = (frame) => {
      if (frame.kind === 'joined') {
        isHost = frame['isHost'] === true
        return
      }
      isApplying = true
      const positionSec = Number(frame['positionSec'])
      if (Math.abs(video.currentTime - positionSec) > SEEK_ABOVE_SEC) video.currentTime = positionSec
      if (frame['paused'] && !video.paused) video.pause()
      else if (!frame['paused'] && video.paused) void video.play()
      setTimeout(() => {
        isApplying = false
      }, SUPPRESS_MS)
    }
  },
}
