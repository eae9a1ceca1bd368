/**
 * Who may import whom, for dependency-cruiser (ARCHITECTURE.md tells why). Each folder of src names what it may reach;
 * anything else is a violation. A folder that is not in the table may import nothing, so a new one has to be thought about.
 */

const swc = require('@swc/core')

// TypeScript 7 has no API for tools, so the files are read by swc; dependency-cruiser forgets to tell it which hold JSX.
const { parseFileSync } = swc
Reflect.set(swc, 'parseFileSync', (/** @type {string} */ path) =>
  parseFileSync(path, { syntax: 'typescript', tsx: path.endsWith('.tsx'), decorators: true }),
)

const DRAWING = ['preact', '@preact', 'uqr']
const PART = ['core', 'messages', 'platform']

/** @type {Record<string, { folders?: string[], files?: string[], packages?: string[], node?: boolean, anyPackage?: boolean }>} */
const MAY = {
  core: {},
  dialects: { folders: ['core'], packages: ['zod', '@bufbuild/protobuf'] },
  client: { folders: ['core', 'dialects', 'platform'] },
  server: { folders: ['core', 'dialects', 'platform', 'invite'], node: true, anyPackage: true },
  messages: { folders: ['core'], packages: ['zod'] },
  content: { folders: PART, packages: ['zod'] },
  background: { folders: [...PART, 'client', 'dialects'], packages: ['zod'] },
  options: { folders: [...PART, 'look'], packages: ['preact', '@preact'] },
  offscreen: { folders: ['messages', 'platform', 'client', 'dialects'] },
  notes: { folders: [...PART, 'look'], packages: ['zod', 'preact', '@preact'] },
  popup: { folders: [...PART, 'look'], files: ['src/dialects/recognise'], packages: ['zod', ...DRAWING] },
  invite: { folders: ['core', 'look'] },
  look: { folders: ['core', 'platform'], packages: ['preact', '@preact'] },
  platform: { files: ['public/_locales/en/messages'], packages: ['webextension-polyfill', 'zod'] },
}

const folderRules = Object.entries(MAY).map(([folder, may]) => ({
  name: `what ${folder} may import`,
  severity: 'error',
  // The part of platform that runs in Node has its own rule below.
  from: { path: `^src/${folder}/`, pathNot: '^src/platform/node-' },
  to: {
    pathNot: [
      `^src/${folder}/`,
      ...(may.folders ?? []).map((name) => `^src/${name}/`),
      ...(may.files ?? []).map((name) => `^${name}\\.`),
      ...(may.packages ?? []).map((name) => `^node_modules/${name}/`),
      ...(may.anyPackage ? ['^node_modules/(?!webextension-polyfill/|preact/|@preact/)'] : []),
    ],
    ...(may.node ? { dependencyTypesNot: ['core'] } : {}),
  },
}))

module.exports = {
  forbidden: [
    ...folderRules,
    {
      name: 'every folder of src is in the table',
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/(${Object.keys(MAY).join('|')})/` },
      to: {},
    },
    {
      name: 'a dialect never another dialect',
      severity: 'error',
      from: { path: '^src/dialects/([^/]+)/' },
      to: { path: '^src/dialects/[^/]+/', pathNot: '^src/dialects/$1/' },
    },
    {
      name: 'one dialect is spelt in Protocol Buffers',
      severity: 'error',
      from: { path: '^src/dialects/', pathNot: '^src/dialects/pianorhythm/' },
      to: { path: '^node_modules/@bufbuild/' },
    },
    {
      name: 'one dialect does not lean on the list of all',
      severity: 'error',
      from: { path: '^src/dialects/[^/]+/' },
      to: { path: '^src/dialects/(index|recognise)\\.' },
    },
    {
      name: 'only one file knows the browser',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/platform/browser\\.' },
      to: { path: '^node_modules/webextension-polyfill/' },
    },
    {
      name: "platform's Node part",
      severity: 'error',
      from: { path: '^src/platform/node-' },
      to: { pathNot: ['^src/platform/', '^node_modules/ws/'], dependencyTypesNot: ['core'] },
    },
    {
      name: 'what runs in Node never reaches the browser',
      severity: 'error',
      from: { path: '^src/(core|dialects|client|server|invite|platform/node-)' },
      to: { path: '^node_modules/webextension-polyfill/', reachable: true },
    },
    {
      name: 'what runs in the browser never reaches Node',
      severity: 'error',
      from: { path: '^src/(client|messages|content|background|offscreen|popup|options|notes)/' },
      to: { path: '^src/platform/node-', reachable: true },
    },
    { name: 'no cycles', severity: 'error', from: { path: '^src/' }, to: { circular: true } },
    { name: 'src never test', severity: 'error', from: { path: '^src/' }, to: { path: '^(test|scripts)/' } },
    { name: 'every import is found', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: '^node_modules/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'module', 'browser', 'default', 'types', 'require'],
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.tsx', '.d.ts', '.mjs', '.cjs', '.js', '.json', '.css'],
    },
  },
}
