/**
 * How the sources become what is loaded: `--mode chrome`, `--mode firefox` (an unpacked extension each) and `--mode server`.
 * Owns every difference between the two manifests. What is built when, and by which words, is `scripts/build.mjs`'s to say.
 */
import { crx, type ManifestV3Export } from '@crxjs/vite-plugin'
import { preact } from '@preact/preset-vite'
import { build, defineConfig, type InlineConfig, type Plugin, type UserConfig } from 'vite'
import manifest from './manifest.json' with { type: 'json' }
import packageJson from './package.json' with { type: 'json' }

type Browser = 'chrome' | 'firefox'

const TARGET = { chrome: 'chrome120', firefox: 'firefox140' } as const

function manifestFor(browser: Browser) {
  const { key, minimum_chrome_version, optional_permissions, background, browser_specific_settings, ...shared } =
    manifest
  const { service_worker: entry } = background
  // Chromium takes this one as an optional permission, too, but then waits for ever with the first rule until the extension is loaded anew.
  const permissions = [...manifest.permissions, 'declarativeNetRequestWithHostAccess']
  // A rule reaches the handshake of a socket only by leave for the socket's own scheme.
  const optional_host_permissions = [...manifest.optional_host_permissions, 'wss://*/*', 'ws://*/*']
  const own =
    browser === 'chrome'
      ? {
          key,
          minimum_chrome_version,
          permissions,
          optional_permissions,
          optional_host_permissions,
          background: { service_worker: entry, type: 'module' },
        }
      : { browser_specific_settings, background: { scripts: [entry] } }
  // JSON has no literal types: the names of data categories come as plain strings.
  return { ...shared, version: packageJson.version, ...own } as ManifestV3Export
}

/**
 * The content script is one self-contained file, because `scripting.executeScript` takes no modules. The extension plugin
 * makes such files only for scripts that the manifest injects by itself (which would ask for hosts at install), or leaves
 * an unused chunk beside them.
 */
function contentScript(browser: Browser): Plugin {
  return {
    name: 'tutti:content-script',
    apply: 'build',
    async generateBundle() {
      const config: InlineConfig = {
        configFile: false,
        mode: browser,
        logLevel: 'warn',
        publicDir: false,
        build: {
          write: false,
          target: TARGET[browser],
          lib: { entry: 'src/content/index.ts', formats: ['iife'], name: 'tutti', fileName: () => 'content.js' },
        },
      }
      const built = await build(config)
      for (const { output } of Array.isArray(built) ? built : 'output' in built ? [built] : []) {
        for (const chunk of output) {
          if (chunk.type === 'chunk') this.emitFile({ type: 'asset', fileName: chunk.fileName, source: chunk.code })
        }
      }
    },
  }
}

function extension(browser: Browser): UserConfig {
  return {
    plugins: [preact(), crx({ manifest: manifestFor(browser), browser }), contentScript(browser)],
    build: {
      outDir: `dist/${browser}`,
      emptyOutDir: true,
      target: TARGET[browser],
      sourcemap: false,
      modulePreload: false,
      // Pages that the manifest has no field for: the popup opens one in a tab, and Chromium one that nobody sees.
      rollupOptions: {
        input: {
          notes: 'src/notes/index.html',
          ...(browser === 'chrome' && { offscreen: 'src/offscreen/index.html' }),
        },
      },
    },
  }
}

const server: UserConfig = {
  publicDir: false,
  build: {
    ssr: 'src/server/main.ts',
    outDir: 'dist/server',
    emptyOutDir: true,
    target: 'node20',
    sourcemap: false,
    minify: false,
    rollupOptions: { output: { entryFileNames: 'main.js' } },
  },
}

export default defineConfig(({ mode }) => {
  if (mode === 'chrome' || mode === 'firefox') return extension(mode)
  if (mode === 'server') return server
  throw new Error(`Build with --mode chrome, firefox or server, not "${mode}"`)
})
