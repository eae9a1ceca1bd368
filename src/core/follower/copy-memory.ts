/**
 * A copy of the memory for one step to write to. By name, because a spread of so many fields takes several times as long, and
 * this is done with every reading of every player. The type sees to it that none is left out.
 */
import type { Draft, Memory } from './memory'

export function copyMemory(memory: Memory): Draft {
  return {
    timeline: memory.timeline,
    offsetMs: memory.offsetMs,
    nudgeMs: memory.nudgeMs,
    clockDoubt: memory.clockDoubt,
    player: memory.player,
    polled: memory.polled,
    rateSet: memory.rateSet,
    pitchSet: memory.pitchSet,
    held: memory.held,
    aside: memory.aside,
    trouble: memory.trouble,
    mode: memory.mode,
    odd: memory.odd,
    skewMs: memory.skewMs,
    samples: memory.samples,
    blankUntilMs: memory.blankUntilMs,
    seekUnderWay: memory.seekUnderWay,
    soughtMs: memory.soughtMs,
    seekTookMs: memory.seekTookMs,
    nextTickMs: memory.nextTickMs,
    ticks: memory.ticks,
    calm: memory.calm,
    nextLookMs: memory.nextLookMs,
    lastVerdictMs: memory.lastVerdictMs,
    verdicts: memory.verdicts,
    longLook: memory.longLook,
    streamSinceMs: memory.streamSinceMs,
    firstLook: memory.firstLook,
    settled: memory.settled,
    pulseUntilMs: memory.pulseUntilMs,
    steering: memory.steering,
    rateResets: memory.rateResets,
    side: memory.side,
    beyondSinceMs: memory.beyondSinceMs,
    lastJumpMs: memory.lastJumpMs,
    jumpsMissed: memory.jumpsMissed,
    learned: memory.learned,
    latencies: memory.latencies,
    toLearn: memory.toLearn,
    flushed: memory.flushed,
    waitingAtSec: memory.waitingAtSec,
    unable: memory.unable,
    endedAtSec: memory.endedAtSec,
    wakeAtMs: memory.wakeAtMs,
  }
}
