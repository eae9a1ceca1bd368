/** Example views with a tab chosen and things unfolded: what axe and the pictures look at besides the first tab. */
import type { Page } from 'puppeteer-core'
import type { ExampleName } from '../example-views'
import { part } from './look'

export type Scene = {
  readonly view: ExampleName
  readonly tab?: 'queue' | 'chat' | 'people'
  /** Pressed in this order, by their test ids. */
  readonly press?: readonly string[]
}

export const SCENES: Readonly<Record<string, Scene>> = {
  queue: { view: 'queue', tab: 'queue' },
  'queue-unfolded': { view: 'queue', tab: 'queue', press: ['item-more', 'history'] },
  'queue-quiet': { view: 'queue-quiet', tab: 'queue' },
  'queue-nothing': { view: 'queue-nothing', tab: 'queue' },
  'long-queue': { view: 'long-queue', tab: 'queue' },
  rotation: { view: 'rotation', tab: 'queue', press: ['booth-list'] },
  'own-turn': { view: 'own-turn', tab: 'queue' },
  'turns-closed': { view: 'turns-closed', tab: 'queue' },
  chat: { view: 'chat', tab: 'chat' },
  'chat-unfolded': { view: 'chat', tab: 'chat', press: ['line-more', 'signs'] },
  'chat-muted': { view: 'chat-muted', tab: 'chat' },
  'chat-off': { view: 'chat-off', tab: 'chat' },
  people: { view: 'people', tab: 'people' },
  'person-unfolded': { view: 'people', tab: 'people', press: ['member-more'] },
  'people-read': { view: 'people-read', tab: 'people', press: ['permissions'] },
  'room-settings': { view: 'people', tab: 'people', press: ['room-settings'] },
  permissions: { view: 'people', tab: 'people', press: ['permissions'] },
  invite: { view: 'people', tab: 'people', press: ['make-invite-open'] },
  names: { view: 'people', tab: 'people', press: ['room-names'] },
  bans: { view: 'people', tab: 'people', press: ['bans'] },
  'queue-lost': { view: 'lost', tab: 'queue' },
  'friends-outside': { view: 'with-friends', press: ['friends-here'] },
  'friends-in-room': { view: 'people-and-friends', tab: 'people', press: ['friends-here'] },
  playlists: { view: 'queue-and-playlists', tab: 'queue', press: ['playlists'] },
  'public-rooms': { view: 'public-rooms', press: ['public-rooms'] },
  'no-public-rooms': { view: 'no-public-rooms', press: ['public-rooms'] },
  'another-device': { view: 'with-key', press: ['settings', 'another-device'] },
}

/** From scratch: what an earlier scene unfolded is folded again. */
export async function openScene(page: Page, { view, tab, press = [] }: Scene): Promise<void> {
  if (await page.$('[data-testid="settings-name"]')) await page.click(part('settings'))
  await page.evaluate((name) => globalThis.gallery.show(name), 'looking' as const)
  await page.evaluate((name) => globalThis.gallery.show(name), view)
  if (tab) await page.click(part(`tab-${tab}`))
  for (const name of press) await page.click(part(name))
}
