/**
 * The rules of test/import-rules.cjs must be able to fail: a tree is seeded with one forbidden import of each kind,
 * and with imports that are allowed.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')

const PACKAGES = ['zod', 'preact', 'ws', 'webextension-polyfill', '@bufbuild/protobuf']

const ALLOWED = {
  'src/core/room.ts': 'export type Room = 1\n',
  'src/dialects/tutti/frames.ts':
    "import 'zod'\nimport type { Room } from '../../core/room'\nexport type Frame = Room\n",
  'src/dialects/pianorhythm/frames.ts': "import '@bufbuild/protobuf'\nexport type A = 1\n",
  'src/platform/browser.ts': "export { default as browser } from 'webextension-polyfill'\n",
  'src/platform/node-socket.ts': "import 'ws'\nimport 'node:net'\n",
  'src/server/main.ts':
    "import '../platform/node-socket'\nimport 'node:http'\nimport '../dialects/tutti/frames'\nimport 'ws'\nexport type B = 1\n",
  'src/background/index.ts': "import '../platform/browser'\nimport '../dialects/tutti/frames'\n",
  'src/popup/popup.tsx':
    "import { Fragment } from 'preact'\nexport const Popup = () => <Fragment><p class='a'>x</p></Fragment>\n",
}

type Seed = { what: string; rule: string; file: string; text: string }
const core = 'what core may import'
const SEEDS: readonly Seed[] = [
  {
    what: 'a type',
    rule: core,
    file: 'src/core/type.ts',
    text: "import type { B } from '../server/main'\nexport type A = B",
  },
  {
    what: 'an inline type',
    rule: core,
    file: 'src/core/inline.ts',
    text: "import { type B } from '../server/main'\nexport type A = B",
  },
  { what: 'an export of all', rule: core, file: 'src/core/all.ts', text: "export * from '../server/main'" },
  { what: 'a type handed on', rule: core, file: 'src/core/on.ts', text: "export type { B } from '../server/main'" },
  { what: 'a bare import', rule: core, file: 'src/core/bare.ts', text: "import '../server/main'" },
  {
    what: 'an import at run time',
    rule: core,
    file: 'src/core/late.ts',
    text: "export const a = () => import('../server/main')",
  },
  { what: 'a package in core', rule: core, file: 'src/core/package.ts', text: "import 'zod'" },
  { what: 'Node in core', rule: core, file: 'src/core/node.ts', text: "import 'node:os'" },
  {
    what: 'Node in a dialect',
    rule: 'what dialects may import',
    file: 'src/dialects/x/node.ts',
    text: "import 'node:fs'",
  },
  {
    what: 'content → background',
    rule: 'what content may import',
    file: 'src/content/a.ts',
    text: "import '../background/index'",
  },
  {
    what: 'a type between markup',
    rule: 'what popup may import',
    file: 'src/popup/a.tsx',
    text: "import type { B } from '../server/main'\nexport const A = ({ b }: { b: B }) => <p class='a'>{b}</p>",
  },
  { what: 'preact in the page', rule: 'what content may import', file: 'src/content/b.ts', text: "import 'preact'" },
  {
    what: 'the polyfill outside platform',
    rule: 'what background may import',
    file: 'src/background/a.ts',
    text: "import 'webextension-polyfill'",
  },
  {
    what: 'the polyfill elsewhere in platform',
    rule: 'only one file knows the browser',
    file: 'src/platform/other.ts',
    text: "import 'webextension-polyfill'",
  },
  { what: 'src → test', rule: 'src never test', file: 'src/server/test.ts', text: "import '../../test/b'" },
  {
    what: 'a folder nobody thought about',
    rule: 'every folder of src is in the table',
    file: 'src/utils/a.ts',
    text: "import '../core/room'",
  },
  {
    what: 'a file that is not there',
    rule: 'every import is found',
    file: 'src/server/gone.ts',
    text: "import './nowhere'",
  },
  {
    what: 'dialect → dialect',
    rule: 'a dialect never another dialect',
    file: 'src/dialects/x/other.ts',
    text: "import '../tutti/frames'",
  },
  {
    what: 'Protocol Buffers in another dialect',
    rule: 'one dialect is spelt in Protocol Buffers',
    file: 'src/dialects/x/proto.ts',
    text: "import '@bufbuild/protobuf'",
  },
  {
    what: 'a dialect → the list of all',
    rule: 'one dialect does not lean on the list of all',
    file: 'src/dialects/x/list.ts',
    text: "import '../index'",
  },
  { what: 'a cycle', rule: 'no cycles', file: 'src/server/circle.ts', text: "import './ring'" },
  {
    what: 'the browser behind a corner',
    rule: 'what runs in Node never reaches the browser',
    file: 'src/server/browser.ts',
    text: "import '../platform/browser'",
  },
  {
    what: 'Node behind a corner',
    rule: 'what runs in the browser never reaches Node',
    file: 'src/popup/node.ts',
    text: "import '../platform/socket'",
  },
]

const BESIDE = {
  'test/b.ts': 'export {}\n',
  'src/dialects/index.ts': 'export {}\n',
  'src/server/ring.ts': "import './circle'\n",
  'src/platform/socket.ts': "import './node-socket'\n",
}

let folder = ''
const rulesByFile = new Map<string, string[]>()

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tutti-imports-'))
  const packages = PACKAGES.flatMap((name) => [
    [`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' })],
    [`node_modules/${name}/index.js`, 'module.exports = {}\n'],
  ])
  const seeds = SEEDS.map(({ file, text }) => [file, `${text}\n`])
  const dependencies = Object.fromEntries(PACKAGES.map((name) => [name, '1.0.0']))
  for (const [path = '', text = ''] of [
    ['package.json', JSON.stringify({ name: 'seeded', dependencies })],
    ...packages,
    ...seeds,
    ...Object.entries(ALLOWED),
    ...Object.entries(BESIDE),
  ]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const { stdout } = spawnSync(
    join(ROOT, 'node_modules/.bin/depcruise'),
    ['-c', join(ROOT, 'test/import-rules.cjs'), '-T', 'json', 'src'],
    { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 26 },
  )
  const report: { summary: { violations: { from: string; rule: { name: string } }[] } } = JSON.parse(stdout)
  for (const { from, rule } of report.summary.violations)
    rulesByFile.set(from, [...(rulesByFile.get(from) ?? []), rule.name])
})

afterAll(() => rmSync(folder, { recursive: true }))

describe('import directions', () => {
  it.each(SEEDS)('[E1] $what is found', ({ rule, file }) => {
    expect(rulesByFile.get(file)).toContain(rule)
  })

  it.each(Object.keys(ALLOWED))('[E1] %s is allowed', (file) => {
    expect(rulesByFile.get(file)).toBeUndefined()
  })
})
