/** Draws what many room-hours came to, for a terminal: the same figures, the same text. Reckons nothing but shares and quantiles. */
import { addGroup, createGroup, type Distribution, type Figures, type Group, quantile } from './figures'
import { ROOM_NETWORKS } from './networks'
import type { RoomHours, StoryLine } from './room-hours'
import { seconds } from './watch'

const HOUR_MS = 3_600_000
const WORST = 5

type Row = readonly string[]

export function drawFigures(figures: Figures): string[] {
  const all = createGroup()
  for (const group of figures.networks.values()) addGroup(all, group)
  const networks = ROOM_NETWORKS.flatMap((name) => {
    const group = figures.networks.get(name)
    return group ? [[name, group] as const] : []
  })
  const rows = [...networks, ['all', all] as const]
  return [
    'Pair skew in steady time (at least 5 s after anything that happened), ms:',
    ...table(
      ['network', 'hours', 'median', 'p95', 'p99', 'max', '<16 ms', '<40 ms', 'heard: median', 'p95', 'max'],
      rows.map(([name, { pair, heard, playerMs }]) => [
        name,
        (playerMs / HOUR_MS).toFixed(0),
        ...spread(pair),
        ...shares(pair),
        ...short(heard),
      ]),
    ),
    '',
    'Own skew (player against room) in steady time, ms, and what it took:',
    ...table(
      [
        'network',
        'median',
        'p95',
        'p99',
        'max',
        'base rate',
        'together after: median',
        'p95',
        'never',
        'seeks/h after trouble',
        'unasked',
        'clicks/h',
      ],
      rows.map(([name, group]) => [
        name,
        ...spread(group.own),
        percent(group.atBaseMs, group.steadyMs),
        ...mended(group.mendedMs),
        ...perHour(group),
      ]),
    ),
    '',
    'Pair skew in steady time by players, all networks, ms:',
    ...table(
      ['players', 'median', 'p95', 'p99', 'max', '<16 ms', '<40 ms', 'heard: median', 'p95', 'max'],
      [...figures.pairs]
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([kind, { pair, heard }]) => [kind, ...spread(pair), ...shares(pair), ...short(heard)]),
    ),
    '',
    'Seconds until all are within 16 ms again, from the act or the end of the trouble:',
    ...table(
      ['after', 'times', 'median', 'p95', 'most', 'never'],
      [...figures.mends]
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([what, ms]) => [what, `${ms.length}`, ...mendedMost(ms)]),
    ),
    '',
    `In hidden pages, where timers are slow, players were off by ${ms(quantile(figures.hidden, 0.5))} ms (median), ${ms(quantile(figures.hidden, 0.95))} (p95).`,
    'Where one way is longer than the other no exchange of messages can tell: half of the difference is in the skew of "dsl" and "mixed",',
    'and taken out only where it says how soon players are together and which rooms were worst.',
  ]
}

export function drawWorst(rooms: readonly RoomHours[], hours: number): string[] {
  const alone = (seed: number): string =>
    `npm run simulate -- --seed ${seed} --rooms 1${hours === 1 ? '' : ` --hours ${hours}`}`
  const worst = (of: (room: RoomHours) => number, say: (room: RoomHours) => string): string[] =>
    rooms
      .filter((room) => of(room) > 0)
      .sort((one, other) => of(other) - of(one) || one.seed - other.seed)
      .slice(0, WORST)
      .map((room) => `  ${say(room)} (${room.network}, ${room.people} people): ${alone(room.seed)}`)
  const part = (title: string, lines: readonly string[]): string[] => [
    title,
    ...(lines.length > 0 ? lines : ['  none']),
  ]
  return [
    ...part(
      'Longest apart by more than 16 ms in steady time:',
      worst(
        ({ score }) => score.apartMs,
        ({ score }) => `${seconds(score.apartMs)}, at most ${score.mostApartMs.toFixed(0)} ms`,
      ),
    ),
    ...part(
      'Slowest to be together again:',
      worst(
        ({ score }) => score.slowestMendMs,
        ({ score }) => (Number.isFinite(score.slowestMendMs) ? seconds(score.slowestMendMs) : 'never'),
      ),
    ),
    ...part(
      'Most seeks that nothing asked for:',
      worst(
        ({ score }) => score.seeksUnprovoked,
        ({ score }) => `${score.seeksUnprovoked}`,
      ),
    ),
  ]
}

export function drawStory(story: readonly StoryLine[]): string[] {
  return story.map(({ atMs, text }) => `${time(atMs)}  ${text}`)
}

function time(atMs: number): string {
  const minutes = Math.floor(atMs / 60_000)
  return `${String(minutes).padStart(3)}:${((atMs % 60_000) / 1000).toFixed(1).padStart(4, '0')}`
}

function table(head: Row, rows: readonly Row[]): string[] {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)))
  return [head, ...rows].map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
}

function ms(value: number): string {
  return Number.isFinite(value) ? value.toFixed(1) : '–'
}

function spread(distribution: Distribution): string[] {
  return [
    ms(quantile(distribution, 0.5)),
    ms(quantile(distribution, 0.95)),
    ms(quantile(distribution, 0.99)),
    ms(distribution.most),
  ]
}

function short(distribution: Distribution): string[] {
  return [ms(quantile(distribution, 0.5)), ms(quantile(distribution, 0.95)), ms(distribution.most)]
}

function shares({ under16, under40, all }: Distribution): string[] {
  return [percent(under16, all), percent(under40, all)]
}

function percent(part: number, all: number): string {
  return all > 0 ? `${((part / all) * 100).toFixed(2)} %` : '–'
}

function mended(times: readonly number[]): string[] {
  const sorted = [...times].sort((one, other) => one - other)
  const at = (share: number): string => {
    const value = sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]
    return value === undefined ? '–' : Number.isFinite(value) ? seconds(value) : 'never'
  }
  return [at(0.5), at(0.95), percent(times.filter((time) => !Number.isFinite(time)).length, times.length)]
}

function mendedMost(times: readonly number[]): string[] {
  const [median = '–', p95 = '–', never = '–'] = mended(times)
  const most = times.reduce((longest, time) => (Number.isFinite(time) ? Math.max(longest, time) : longest), 0)
  return [median, p95, seconds(most), never]
}

function perHour({ playerMs, seeksAfterTrouble, seeksUnprovoked, clicks }: Group): string[] {
  const rate = (count: number): string => (playerMs > 0 ? ((count * HOUR_MS) / playerMs).toFixed(2) : '–')
  return [rate(seeksAfterTrouble), rate(seeksUnprovoked), rate(clicks)]
}
