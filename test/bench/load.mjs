/** How busy the machine is while something is measured on it. */
import { cpus, loadavg } from 'node:os'
import { round } from './figures.mjs'

/** @returns {{ busyMs: number, allMs: number }} of all processors since they were switched on */
function processorTime() {
  const times = cpus().map((cpu) => cpu.times)
  const allMs = times.reduce((sum, { user, nice, sys, idle, irq }) => sum + user + nice + sys + idle + irq, 0)
  return { allMs, busyMs: allMs - times.reduce((sum, { idle }) => sum + idle, 0) }
}

/** @returns {() => { load1: number, busyShare: number }} the load as it began, and the share of all processors that was busy since */
export function watchLoad() {
  const [load1 = 0] = loadavg()
  const before = processorTime()
  return () => {
    const after = processorTime()
    return {
      load1: round(load1, 2) ?? 0,
      busyShare: round((after.busyMs - before.busyMs) / (after.allMs - before.allMs), 2) ?? 0,
    }
  }
}
