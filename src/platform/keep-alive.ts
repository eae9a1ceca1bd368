/**
 * What keeps a background alive, or wakes it. Chrome counts traffic on a WebSocket as life, Firefox does not: there it
 * takes a call into the parent process, of which this is a cheap one that both browsers have. The alarm is the floor
 * under everything: it wakes a background that was stopped all the same.
 */
import { browser } from './browser'

const ALARM = 'back-to-the-room'

/** Chrome clamps shorter ones and half a minute sits on the edge; in Firefox a quarter also counts as life. */
const ALARM_MINUTES = import.meta.env.MODE === 'firefox' ? 0.25 : 1

export type KeepAlive = {
  /** To be called at least every 20 s while there is something to stay for. */
  touch(): void
  setAlarm(on: boolean): void
}

export const keepAlive: KeepAlive = {
  touch() {
    void browser.runtime.getPlatformInfo()
  },
  setAlarm(on) {
    if (on) void ensureAlarm()
    else void browser.alarms.clear(ALARM)
  },
}

/** One that runs is left alone: to create it again would start its period anew, and it would never fire. */
async function ensureAlarm(): Promise<void> {
  if (await browser.alarms.get(ALARM)) return
  // Chrome answers with a promise, Firefox with nothing.
  await browser.alarms.create(ALARM, { periodInMinutes: ALARM_MINUTES })
}

/** To be called while the background starts, before anything is awaited. */
export function onWake(wake: () => void): void {
  browser.alarms.onAlarm.addListener(() => wake())
  browser.runtime.onStartup.addListener(() => wake())
}
