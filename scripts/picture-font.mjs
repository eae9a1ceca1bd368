/**
 * The font of the pictures: a fine one where apt can bring it, made the browsers' own sans by a file that only they read.
 * People see Tutti in their system's font; the machines that pictures are made on often have none to look at.
 */
import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { canInstall, installPackages } from './browsers.mjs'

const FONT = 'Inter'
const DEBIAN_PACKAGE = 'fonts-inter'

const isHere = () => String(spawnSync('fc-list', [FONT, 'family']).stdout).includes(FONT)

/** @returns {Promise<{ name: string, fontConfig?: string, close(): Promise<void> }>} */
export async function preparePictureFont() {
  if (!isHere() && canInstall()) installPackages([DEBIAN_PACKAGE], `the font ${FONT}`)
  if (!isHere()) return { name: 'the system’s own font', close: async () => {} }
  const folder = await mkdtemp(join(tmpdir(), 'tutti-font-'))
  const fontConfig = join(folder, 'fonts.conf')
  const rules = ['system-ui', 'sans-serif'].map(
    (family) => `<match target="pattern">
    <test name="family"><string>${family}</string></test>
    <edit name="family" mode="assign" binding="strong"><string>${FONT}</string></edit>
  </match>`,
  )
  await writeFile(
    fontConfig,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <include>/etc/fonts/fonts.conf</include>
  ${rules.join('\n  ')}
</fontconfig>
`,
  )
  return { name: FONT, fontConfig, close: () => rm(folder, { recursive: true }) }
}
