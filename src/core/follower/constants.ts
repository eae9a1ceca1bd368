/**
 * The follower's own numbers, with the reason for each. What differs between browsers is in player-profile.
 * "Measured" means runs of two real browsers; "chosen" means reasoned and held by the simulation.
 */

/** Fewer exchanges than this leave the clock wrong by tens of ms; chosen. */
export const CLOCK_SAMPLES_NEEDED = 5

/** A shorter notice cannot be met by a scheduled start; measured. */
export const LEAST_NOTICE_MS = 30
/** Time to seek and load before joining a running line: 6 to 70 ms do locally (measured), or so much more than the slowest of late; chosen. */
export const PRE_ROLL_LEAST_MS = 350
export const PRE_ROLL_FACTOR = 1.5
export const PRE_ROLL_MORE_MS = 150
/** Each new seek throws away what is loaded: one that was not through by then has a slow network, and gets time. */
export const PRE_ROLL_AGAIN_MS = 1_600
export const PRE_ROLL_MOST_MS = 3_200
/** A needless seek flushes the sound, and a start this far off is within reach; chosen. */
export const SEEK_SKIP_SEC = 0.02
/** Far less than a frame, and enough to be another place. */
export const SAME_PLACE_SEC = 0.001
/** Nearer than this to where the start was meant, the moment is shifted to fit the place instead. */
export const START_FITS_SEC = 0.1
/** A start missed by more than this jumps to where the line is instead of starting behind it. */
export const LATE_START_MS = 100
/** A single long timer is late on a busy machine: come early, then step; measured. */
export const WAIT_LONG_MS = 60
export const WAIT_EARLY_MS = 40
export const WAIT_STEP_MS = 1

/** A paused player is stepped to the room's frame if it is further off: a fraction of any frame. */
export const REST_EXACT_SEC = 0.005
/** Players that cannot stand exactly there are left alone within this. */
export const REST_NEAR_SEC = 0.1

/** A read that took longer was interrupted; measured. */
export const SLOW_READ_MS = 2
/** Starts and seeks have settled by then (65 to 120 ms); measured. */
export const BLANK_AFTER_START_MS = 120
/** The queue drains after a pulse; measured. */
export const BLANK_AFTER_PULSE_MS = 40
export const BLANK_AFTER_RATE_MS = 200
/** A seek that never reports its end is given up on; chosen. */
export const BLANK_MOST_MS = 3_000

/** Errors below are judged on a long window and only at every second tick; measured. */
export const NEAR_MS = 12
/** Learning may use fewer samples than a correction; measured. */
export const SAMPLES_TO_LEARN = 4
/** So many verdicts in a row that left the player alone: from then on a glance a second will do; chosen. */
export const CALM_AFTER = 4
/** A sound card that drifts by 100 ppm is off by 0.1 ms after that. */
export const GLANCE_EVERY_MS = 1_000
/** A clock that moved by more than this makes the error another: look at once. */
export const CLOCK_MOVED_MS = 1
/** In a hidden page timers come once a second: two readings of the last three seconds must do. */
export const HIDDEN_WINDOW_MS = 3_000
export const HIDDEN_SAMPLES = 2
/** Off the base rate without a verdict for this long: back to it. A run was seen stuck at 0.95 without it. */
export const NO_VERDICT_MS = 1_000

/** The edge of what nobody hears on speech; 20 ms in 0.4 s. */
export const PULSE_SHARE = 0.05
/** Keeps 3 ms at 1.5 %; a timer 1 ms late costs 0.05 ms; measured. */
export const PULSE_LEAST_MS = 200
/** Nothing is measured during a pulse, so a long error is closed in several. */
export const PULSE_MOST_MS = 1_000
/** A site that put the rate back so often does not want it touched. */
export const RATE_RESETS_BORNE = 2

/** Above this a seek is kinder than seven seconds of catching up; measured. */
export const SEEK_ABOVE_SEC = 0.35
/** After a stall the picture has jumped anyway; measured as "always", chosen as this. */
export const SEEK_AFTER_STALL_SEC = 0.1
/** Against storms of seeks. A seek that missed is followed by a pre-roll, then each wait is twice as long. */
export const CORRECTION_EVERY_MS = 3_000
export const CORRECTION_EVERY_MOST_MS = 30_000
/** A verdict below this says that the last seek hit. */
export const HIT_SEC = 0.1

/** A long look takes one verdict in so long: its mean must not be one busy moment's. */
export const LOOK_EVERY_MS = 400
/** A saw moves by 4 ms in a second, a position that can be believed at once hardly at all. */
export const EVEN_FOR_MS = 800
export const EVEN_SPREAD_MS = 0.7
/** An error of this size says on which side of rate 1 to be after a seek that happens anyway; chosen. */
export const SIDE_BY_MS = 3
/** A seek to the other side of rate 1 is heard, and a clock on a bad path wanders by as much for seconds: only what lasts counts; chosen. */
export const BEYOND_FOR_MS = { little: 15_000, far: 5_000 } as const

/** In a fresh stream only errors above this are believed ... */
export const FRESH_DEAD_BAND_MS = 40
/** ... but for the first look, within 0.3 s of the start: it was within about 10 ms of the sound in most of 12 starts, a start itself within 19. */
export const FIRST_LOOK_BAND_MS = 6
/** ... unless the error stood still this well for this long. */
export const STEADY_MS = 2_000
export const STEADY_SPREAD_MS = 2

/** Of each latency: enough for a median to leave a hiccup out, few enough to follow a site that changes; chosen. */
export const LATENCIES_KEPT = 5
/** A first start and one after a long silence take another time than all the others: nothing is learned of them. */
export const USUAL_IDLE_MS = 10_000
/** A bigger error is loading, not latency. */
export const LEARN_UP_TO_SEC = 0.3
export const LATENCY_LEAST_SEC = -0.05
export const PLAY_LATENCY_MOST_SEC = 0.3
export const SEEK_LATENCY_MOST_SEC = 1

/** Not able to play for longer than this is a stall that people should hear of. */
export const STALL_MS = 700
/** A player that is not as we left it gets this long before it is put right: the person may have acted, and that is told as `hold`. */
export const ODD_MS = 500
/** Between two readings: longer means that the page or the machine slept. A glance and the timers of a hidden page take 2 s. */
export const ASLEEP_MS = 2_500
/** After that the clock is heard of first; this long at most, since the connection may be gone. */
export const CLOCK_DOUBT_MS = 3_000
/** Answers that were under way at that moment still tell of the old clock. */
export const CLOCK_HEARD_AGAIN = 3
/** What a person may ask to be early or late by: more than the slowest wireless loudspeakers need. */
export const NUDGE_MOST_MS = 500
/** The estimate moved by more than this: join anew. */
export const CLOCK_JUMP_MS = 350
/** The end of the media is reached this much before it: sites start the next film at the very end. */
export const END_MARGIN_SEC = 0.1
/** A player within this of the end is at the end. */
export const END_NEAR_SEC = 0.5

export const POLL_START_MS = 20
export const POLL_REST_MS = 250
export const POLL_HIDDEN_MS = 500
