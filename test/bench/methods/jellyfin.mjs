/**
 * Jellyfin SyncPlay with its correction switched on (it is off by default): commands for an instant ahead, and a burst of speed.
 * From jellyfin/jellyfin-web f330b7bc (PlaybackCore, TimeSync) and jellyfin/jellyfin c3ed1407 (Playing- and WaitingGroupState): ping each
 * 1 s three times then each 60 s, least delay of the last 8; unpause at now + max(2 * highest ping, 500 ms); a seek and a newcomer wait
 * until everybody is ready; 60 ms to 3 s: 1 + off / 1 s for 1 s; above that a seek; looks on `timeupdate`, at most each 1.5 s, and 1.5 s
 * after a start. A stall under 3 s is not told to the group.
 * Differs in its favour: a player is ready as soon as it has sought, without playing in between, and a group that waited also gets 500 ms
 * (there twice the ping only).
 */

/** @type {import('../relay.mjs').PeerMethod} */
export const jellyfin = {
  id: 'jellyfin',
  title: 'Jellyfin SyncPlay',
  carriesRate: false,
  createRelay: ({ send, members, nowMs, note }) => {
    const LEAST_LEAD_MS = 500
    /** @type {Map<number, number>} */
    const pingByMember = new Map()
    /** @type {Set<number>} */
    const notReady = new Set()
    let group = { positionSec: 0, playing: false, atMs: nowMs() }
    let resumes = false
    const positionNow = () => group.positionSec + (group.playing ? Math.max(0, nowMs() - group.atMs) / 1000 : 0)
    /** @param {string} command @param {number} atMs */
    const tellAll = (command, atMs) => {
      for (const member of members())
        send(member, { kind: 'command', command, whenMs: atMs, positionSec: group.positionSec })
      note([{ ...group, rate: 1 }])
    }
    const unpause = () => {
      resumes = false
      const slowestMs = Math.max(0, ...pingByMember.values())
      group = { positionSec: positionNow(), playing: true, atMs: nowMs() + Math.max(2 * slowestMs, LEAST_LEAD_MS) }
      tellAll('unpause', group.atMs)
    }
    /** @param {'pause' | 'seek'} command @param {number} positionSec */
    const stopAt = (command, positionSec) => {
      group = { positionSec, playing: false, atMs: nowMs() }
      tellAll(command, group.atMs)
    }
    return {
      joined: (member) => {
        if (!group.playing) {
          send(member, { kind: 'command', command: 'seek', whenMs: nowMs(), positionSec: group.positionSec })
          return
        }
        resumes = true
        notReady.add(member)
        stopAt('pause', positionNow())
        send(member, { kind: 'command', command: 'seek', whenMs: nowMs(), positionSec: group.positionSec })
      },
      left: (member) => {
        notReady.delete(member)
        pingByMember.delete(member)
      },
      heard: (from, frame) => {
        switch (frame.kind) {
          case 'ping': {
            const receivedMs = nowMs()
            if (typeof frame['pingMs'] === 'number') pingByMember.set(from, frame['pingMs'])
            send(from, { kind: 'pong', sentMs: frame['sentMs'], receivedMs, sentBackMs: nowMs() })
            return
          }
          case 'ready':
            notReady.delete(from)
            if (notReady.size === 0 && resumes) unpause()
            return
          case 'unpause':
            unpause()
            return
          case 'pause':
            stopAt('pause', positionNow())
            return
          case 'seek':
            resumes ||= group.playing
            for (const member of members()) notReady.add(member)
            stopAt('seek', Number(frame['positionSec']))
        }
      },
    }
  },
  follow: (video, link) => {
    const GREEDY = { times: 3, everyMs: 1_000 }
    const LAZY_MS = 60_000
    const SPEED = { fromMs: 60, toMs: 3_000, duringMs: 1_000, least: 0.2 }
    const SKIP_FROM_MS = 400
    const EVERY_MS = SPEED.toMs / 2
    /** A person's act is asked of the group; what the commands do is not. */
    const ECHO_MS = 500
    let quietUntilMs = 0
    /** @type {{ offsetMs: number, delayMs: number }[]} */
    let samples = []
    let pings = 0
    /** @type {{ command: string, whenMs: number, positionSec: number } | undefined} */
    let last
    let mayCorrect = false
    let lookedMs = 0
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let scheduled
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let correcting
    const best = () => samples.reduce((least, sample) => (sample.delayMs < least.delayMs ? sample : least))
    const offsetMs = () => (samples.length > 0 ? best().offsetMs : 0)
    const serverMs = () => link.nowMs() + offsetMs()
    const hush = () => {
      quietUntilMs = link.nowMs() + ECHO_MS
    }
    const ping = () =>
      link.send({ kind: 'ping', sentMs: link.nowMs(), ...(samples.length > 0 && { pingMs: best().delayMs / 2 }) })
    setTimeout(ping, GREEDY.everyMs)

    video.addEventListener('play', () => {
      if (link.nowMs() < quietUntilMs) return
      // The web player pauses again and waits for the group's instant.
      hush()
      video.pause()
      link.send({ kind: 'unpause' })
    })
    video.addEventListener('pause', () => {
      if (link.nowMs() >= quietUntilMs && !video.ended) link.send({ kind: 'pause' })
    })
    video.addEventListener('seeking', () => {
      if (link.nowMs() >= quietUntilMs) link.send({ kind: 'seek', positionSec: video.currentTime })
    })

    /** @param {number} afterMs */
    const correctAfter = (afterMs) => {
      correcting = setTimeout(() => {
        video.playbackRate = 1
        mayCorrect = true
      }, afterMs)
    }
    /** @param {number} positionSec */
    const jump = (positionSec) => {
      hush()
      video.currentTime = positionSec
    }
    const start = () => {
      hush()
      void video.play()
      correctAfter(EVERY_MS)
    }
    /** @param {number} positionSec */
    const comeReady = (positionSec) => {
      hush()
      video.pause()
      const isThere = () => {
        video.removeEventListener('seeked', isThere)
        hush()
        link.send({ kind: 'ready' })
      }
      video.addEventListener('seeked', isThere)
      jump(positionSec)
    }
    /** @param {{ command: string, whenMs: number, positionSec: number }} command */
    const obey = (command) => {
      last = command
      clearTimeout(scheduled)
      clearTimeout(correcting)
      mayCorrect = false
      video.playbackRate = 1
      const leftMs = command.whenMs - serverMs()
      if (command.command === 'unpause') {
        if (leftMs > 0) {
          if ((video.currentTime - command.positionSec) * 1000 > SKIP_FROM_MS) jump(command.positionSec)
          scheduled = setTimeout(start, leftMs)
        } else {
          start()
          jump(command.positionSec - leftMs / 1000)
        }
      } else if (command.command === 'seek') {
        scheduled = setTimeout(() => comeReady(command.positionSec), Math.max(0, leftMs))
      } else {
        scheduled = setTimeout(
          () => {
            hush()
            video.pause()
            jump(command.positionSec)
          },
          Math.max(0, leftMs),
        )
      }
    }
    link.heard = (frame) => {
      if (frame.kind === 'command') {
        obey({
          command: String(frame['command']),
          whenMs: Number(frame['whenMs']),
          positionSec: Number(frame['positionSec']),
        })
        return
      }
      const [sentMs, receivedMs, sentBackMs] = [frame['sentMs'], frame['receivedMs'], frame['sentBackMs']].map(Number)
      if (sentMs === undefined || receivedMs === undefined || sentBackMs === undefined) return
      const backMs = link.nowMs()
      samples = [
        ...samples,
        {
          offsetMs: (receivedMs - sentMs + (sentBackMs - backMs)) / 2,
          delayMs: backMs - sentMs - (sentBackMs - receivedMs),
        },
      ].slice(-8)
      pings += 1
      setTimeout(ping, pings > GREEDY.times ? LAZY_MS : GREEDY.everyMs)
    }
    video.addEventListener('timeupdate', () => {
      if (last?.command !== 'unpause' || video.paused || video.seeking || video.readyState < 3) return
      const nowMs = link.nowMs()
      if (nowMs - lookedMs < EVERY_MS) return
      lookedMs = nowMs
      if (!mayCorrect) return
      const lineSec = last.positionSec + (serverMs() - last.whenMs) / 1000
      const behindMs = (lineSec - video.currentTime) * 1000
      const size = Math.abs(behindMs)
      if (size >= SPEED.fromMs && size < SPEED.toMs) {
        const duringMs = behindMs <= -SPEED.duringMs * SPEED.least ? size / (1 - SPEED.least) : SPEED.duringMs
        mayCorrect = false
        video.playbackRate = 1 + behindMs / duringMs
        correctAfter(duringMs)
      } else if (size >= SKIP_FROM_MS) {
        mayCorrect = false
        jump(lineSec)
        correctAfter(EVERY_MS)
      }
    })
  },
}
