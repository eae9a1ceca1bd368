/** What the build makes of the one manifest, checked on what a browser would load. */
import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import source from '../../manifest.json' with { type: 'json' }
import packageJson from '../../package.json' with { type: 'json' }

const ROOT = resolve(import.meta.dirname, '../..')

describe.each(['chrome', 'firefox'] as const)('the extension for %s', (browser) => {
  let outDir: string
  let files: readonly string[]
  let manifest: Record<string, unknown>

  beforeAll(async () => {
    outDir = await mkdtemp(join(tmpdir(), 'tutti-build-'))
    await build({
      root: ROOT,
      configFile: join(ROOT, 'vite.config.ts'),
      mode: browser,
      logLevel: 'error',
      build: { outDir },
    })
    files = await readdir(outDir, { recursive: true })
    manifest = JSON.parse(await readFile(join(outDir, 'manifest.json'), 'utf8')) as Record<string, unknown>
  }, 60_000)
  afterAll(() => rm(outDir, { recursive: true, force: true }))

  it('[B25] asks for four permissions and, later, for sites; for no site when it is installed', () => {
    const rules = browser === 'chrome' ? ['declarativeNetRequestWithHostAccess'] : []
    expect(manifest['permissions']).toEqual(['storage', 'scripting', 'activeTab', 'alarms', ...rules])
    const sockets = browser === 'chrome' ? ['wss://*/*', 'ws://*/*'] : []
    expect(manifest['optional_host_permissions']).toEqual(['https://*/*', 'http://*/*', ...sockets])
    expect(manifest).not.toHaveProperty('host_permissions')
    expect(manifest).not.toHaveProperty('content_scripts')
    expect(manifest).not.toHaveProperty('web_accessible_resources')
  })

  it('[B26] carries the version of the package, and no source maps', () => {
    expect(manifest['version']).toBe(packageJson.version)
    expect(files.filter((file) => file.endsWith('.map'))).toEqual([])
  })

  it('[B27] has a content script that stands alone', async () => {
    const script = await readFile(join(outDir, 'content.js'), 'utf8')
    expect(script).not.toMatch(/^\s*(?:import|export)\b/m)
    expect(script).not.toMatch(/\bimport\(/)
  })

  it('[B28] is what this browser understands', () => {
    const isChrome = browser === 'chrome'
    expect('key' in manifest).toBe(isChrome)
    expect('minimum_chrome_version' in manifest).toBe(isChrome)
    expect('browser_specific_settings' in manifest).toBe(!isChrome)
    expect(manifest['background']).toHaveProperty(isChrome ? 'service_worker' : 'scripts')
    // Without a policy of its own Firefox would make every ws: into wss:, loopback included.
    expect(manifest['content_security_policy']).toEqual({ extension_pages: "script-src 'self'; object-src 'self'" })
  })

  it('[AP20] has the page of notes, which no site can open', () => {
    expect(files).toContain('src/notes/index.html')
    expect(manifest).not.toHaveProperty('web_accessible_resources')
    expect(manifest).not.toHaveProperty('externally_connectable')
  })

  it('[B28] every file that the manifest names is there', () => {
    const named = JSON.stringify(manifest).matchAll(/"([\w./-]+\.(?:png|js|html))"/g)
    expect(files).toEqual(expect.arrayContaining([...named].map(([, file]) => file)))
  })
})

it('[B28] the id in Chrome is fixed by the key', () => {
  const digest = createHash('sha256').update(Buffer.from(source.key, 'base64')).digest('hex').slice(0, 32)
  const id = Array.from(digest, (digit) => String.fromCodePoint(97 + Number.parseInt(digit, 16))).join('')
  expect(id).toBe('cindlgkllficdffmcicnelpfnnhkfmem')
})
