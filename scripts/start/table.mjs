/**
 * The live table of `npm start`. On a terminal it is drawn over itself each second; elsewhere (a file, a log) each second
 * is one line.
 */

/**
 * @typedef {object} Row
 * @property {string} name
 * @property {string} browser kind and version
 * @property {string} role
 * @property {number} [positionSec]
 * @property {number} [skewMs] measured from outside, against the first row's player
 * @property {string} [says] the skew as Tutti's popup shows it, against the room's timeline
 * @property {string} state
 */

/** @param {number | undefined} sec */
export function formatPosition(sec) {
  if (sec === undefined) return '–'
  const tenths = Math.floor(sec * 10)
  return `${Math.floor(tenths / 600)}:${String(Math.floor(tenths / 10) % 60).padStart(2, '0')}.${tenths % 10}`
}

/** @param {number | undefined} ms */
export function formatMs(ms) {
  if (ms === undefined) return '–'
  const text = Math.abs(ms) < 10 ? Math.abs(ms).toFixed(1) : Math.abs(ms).toFixed(0)
  return `${text === '0.0' ? '±' : ms < 0 ? '−' : '+'}${text} ms`
}

/**
 * @param {readonly Row[]} rows
 * @returns {string[]}
 */
export function drawTable(rows) {
  const cells = [
    ['member', 'browser', 'role', 'position', 'skew', 'Tutti says', 'state'],
    ...rows.map((row, index) => [
      row.name,
      // The major version is enough here.
      row.browser.replace(/\..*/, ''),
      row.role,
      formatPosition(row.positionSec),
      index === 0 ? '' : formatMs(row.skewMs),
      row.says ?? '–',
      row.state,
    ]),
  ]
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)))
  /** @param {readonly string[]} row */
  const line = (row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()
  const [head = [], ...body] = cells
  return [line(head), widths.map((width) => '─'.repeat(width)).join('  '), ...body.map(line)]
}

/** @param {number} second @param {readonly Row[]} rows @returns {string} */
export function drawLine(second, rows) {
  const parts = rows.map((row, index) => {
    const skew = index === 0 ? '' : ` ${formatMs(row.skewMs)}`
    const says = row.says === undefined ? '' : ` (says ${row.says})`
    return `${row.name} ${formatPosition(row.positionSec)} ${row.state}${skew}${says}`
  })
  return `${String(second).padStart(3)} s  ${parts.join('  |  ')}`
}

/** @param {NodeJS.WriteStream} out */
export function createTable(out) {
  let drawn = 0
  return {
    /** @param {number} second @param {readonly Row[]} rows @param {string} [note] what is being done */
    show: (second, rows, note) => {
      if (!out.isTTY) {
        out.write(`${drawLine(second, rows)}\n`)
        return
      }
      // A line that wraps would count as two.
      const lines = [...drawTable(rows), note ?? ''].map((line) => line.slice(0, Math.max(20, out.columns - 1)))
      out.write(`${drawn ? `\x1b[${drawn}A` : ''}${lines.map((line) => `\x1b[2K${line}\n`).join('')}`)
      drawn = lines.length
    },
    /** A line that stays, above the table. @param {string} line */
    say: (line) => {
      if (out.isTTY && drawn) out.write(`\x1b[${drawn}A\x1b[J`)
      drawn = 0
      out.write(`${line}\n`)
    },
  }
}
