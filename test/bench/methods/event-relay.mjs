/**
 * Event relay: what most watch parties do. Play, pause, seek and speed of anybody are sent on as they happen and done at once;
 * nobody knows a clock, nobody looks again. A newcomer gets the first member's answer to a question.
 * As in Midra429/brave-watchparty b3d0682, Semro/syncwatch 263d599 and ruszabarov/open-watch-party 1aa3b43 (the echo time is the last's).
 * Differs in their favour: every event moves the others to the exact place, where brave-watchparty and open-watch-party seek only when
 * they are more than 1.5 s off.
 */

/** @type {import('../relay.mjs').PeerMethod} */
export const eventRelay = {
  id: 'event-relay',
  title: 'event relay',
  carriesRate: true,
  createRelay: ({ send, members }) => ({
    joined: (member) => {
      const [first] = members()
      if (first !== undefined && first !== member) send(first, { kind: 'ask', forMember: member })
    },
    heard: (from, frame) => {
      for (const member of members())
        if (member !== from && (frame['forMember'] === undefined || frame['forMember'] === member)) send(member, frame)
    },
  }),
  follow: (video, link) => {
    const ECHO_MS = 750
    let quietUntilMs = 0
    const state = () => ({
      kind: 'state',
      positionSec: video.currentTime,
      playing: !video.paused,
      rate: video.playbackRate,
    })
    for (const event of ['play', 'pause', 'seeked', 'ratechange'])
      video.addEventListener(event, () => {
        if (link.nowMs() >= quietUntilMs) link.send(state())
      })
    link.heard = (frame) => {
      if (frame.kind === 'ask') {
        link.send({ ...state(), forMember: frame['forMember'] })
        return
      }
      quietUntilMs = link.nowMs() + ECHO_MS
      video.playbackRate = Number(frame['rate'])
      video.currentTime = Number(frame['positionSec'])
      if (frame['playing']) void video.play()
      else video.pause()
    }
  },
}
