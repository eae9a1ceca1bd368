/** The popup in its gallery: opened at the size that it has, and sent a view. */
import type { Page } from 'puppeteer-core'
import { openGalleryOf } from '../../gallery/open-page'
import type { ExampleName } from '../example-views'

export type OpenGallery = {
  /** A fresh popup that was sent this view. */
  open(name: ExampleName, options?: { dark?: boolean; language?: string; query?: string }): Promise<Page>
  close(): Promise<void>
}

export async function openGallery(): Promise<OpenGallery> {
  const gallery = await openGalleryOf('test/popup/gallery/index.html')
  return {
    async open(name, options = {}) {
      const page = await gallery.open({ width: 360, height: 600, ...options })
      await page.evaluate((view) => globalThis.gallery.show(view), name)
      await page.waitForSelector('main > :not(.waking)')
      return page
    },
    close: () => gallery.close(),
  }
}
