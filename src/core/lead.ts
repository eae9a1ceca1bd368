/**
 * The lead: how far ahead of now the server stamps a change of the timeline, so that the slowest member hears of it in time.
 * Knows no members, only their measured paths; a member without one does not count.
 */
import type { PlaybackCommand } from './room/command'

const LEAST_MS = 250
/** Nobody waits longer for one slow member. */
const MOST_MS = 1_000
/** The 95th percentile of a path is not its worst. */
const PATH_FACTOR = 1.5
/** What a player needs to start by itself, with the timers of a busy machine. */
const START_MS = 100
/** A paused seek and its first data. */
const SEEK_EXTRA_MS = 400

export function leadMs(pathsMs: readonly number[], kind: PlaybackCommand['type']): number {
  const slowest = pathsMs.reduce((most, path) => Math.max(most, path), 0)
  const lead = Math.min(MOST_MS, Math.max(LEAST_MS, PATH_FACTOR * slowest + START_MS))
  return kind === 'seek' ? lead + SEEK_EXTRA_MS : lead
}
