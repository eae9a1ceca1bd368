import { describe, expect, it } from 'vitest'
import { isSameOffer, pageAddress, pageOffer, pageTitle } from '../../src/content/page-offer'
import { contentToBackground } from '../../src/messages/content-to-background'

const page = { documentTitle: 'A film', referrer: '', ownAddress: 'https://film.example/watch?v=1' }
const player = { positionSec: 3, rate: 1, playing: true, score: 10 }

describe('what a frame offers', () => {
  it('[P14] the address is the top page’s, else the referrer, else the frame’s own', () => {
    const frame = { ...page, referrer: 'https://site.example/', ownAddress: 'https://player.example/embed' }
    expect(pageAddress({ ...frame, topAddress: 'https://site.example/film/7' })).toBe('https://site.example/film/7')
    expect(pageAddress(frame)).toBe('https://site.example/')
    expect(pageAddress({ ...frame, referrer: '' })).toBe('https://player.example/embed')
  })

  it('[P14] it says nothing of the person: no fragment, no name, no password', () => {
    const ownAddress = 'https://ann:secret@film.example/watch?v=1#t=90'
    expect(pageAddress({ ...page, ownAddress })).toBe('https://film.example/watch?v=1')
  })

  it('[P14] the title is the site’s word for what plays, else the page’s, else the host', () => {
    expect(pageTitle({ ...page, mediaTitle: 'The film' })).toBe('The film')
    expect(pageTitle({ ...page, mediaTitle: ' ' })).toBe('A film')
    expect(pageTitle({ ...page, documentTitle: '' })).toBe('film.example')
  })

  it.each([
    [
      'a page with a huge title and address',
      { documentTitle: 'x'.repeat(9999), ownAddress: `https://a.example/${'y'.repeat(9999)}` },
      {},
    ],
    ['a stream that counts from 1970', {}, { positionSec: 1.7e9, durationSec: 1.8e9 }],
    ['a stopped picture', {}, { rate: 0 }],
    ['a place before the beginning', {}, { positionSec: -1 }],
  ])('[P14] every offer passes as a message: %s', (_, pageChange, playerChange) => {
    const offer = pageOffer({ ...page, ...pageChange }, { ...player, ...playerChange })
    expect(contentToBackground.safeParse({ type: 'page', player: offer }).success).toBe(true)
  })

  it('[P14] a stream without an end offers no duration', () => {
    expect(pageOffer(page, player)).not.toHaveProperty('durationSec')
  })

  it('[P15] an offer is another when the film is, not when it runs on', () => {
    const offer = pageOffer(page, player)
    expect(isSameOffer(offer, { ...offer, positionSec: 99, playing: false })).toBe(true)
    expect(isSameOffer(offer, { ...offer, title: 'Another' })).toBe(false)
    expect(isSameOffer(offer, null)).toBe(false)
    expect(isSameOffer(null, null)).toBe(true)
  })
})
