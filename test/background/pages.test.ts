import { describe, expect, it } from 'vitest'
import {
  bestFrame,
  NO_PAGES,
  type Pages,
  settle,
  withDriven,
  withFrame,
  withOffer,
  withoutFrame,
} from '../../src/background/pages'
import type { Follow } from '../../src/messages/background-to-content'

const follow = (positionSec: number): Follow => ({
  type: 'follow',
  timeline: { current: { positionSec, rate: 1, playing: false, atMs: 0 } },
  offsetMs: 0,
  uncertaintyMs: 1,
  clockSamples: 3,
  mayControl: true,
  nudgeMs: 0,
})

const player = (score: number) => ({
  title: 'Film',
  address: 'https://films.example/',
  positionSec: 0,
  rate: 1,
  playing: false,
  score,
})

const TAB = 7
const [TOP, INNER, ELSEWHERE] = [1, 2, 3]

/** A tab with two frames, of which the inner one has the film; and a frame in another tab. */
function aDrivenTab(): Pages {
  const framed = withFrame(withFrame(withFrame(NO_PAGES, TOP, TAB, 0), INNER, TAB, 5), ELSEWHERE, 8, 0)
  return withDriven(withOffer(withOffer(framed, TOP, player(10), 0), INNER, player(90), 0), TAB)
}

describe('which frame is driven', () => {
  it('[B4] is the one that offers the likeliest player', () => {
    expect(bestFrame(aDrivenTab(), TAB)?.port).toBe(INNER)
    expect(bestFrame(withOffer(aDrivenTab(), INNER, null, 0), TAB)?.port).toBe(TOP)
    expect(bestFrame(withOffer(aDrivenTab(), TOP, player(90), 0), TAB)?.port).toBe(TOP)
    expect(bestFrame(aDrivenTab(), 8)).toBeUndefined()
    expect(bestFrame(aDrivenTab(), undefined)).toBeUndefined()
  })

  it('[B5] only that one is told to follow, and told again only when something changed', () => {
    const first = settle(aDrivenTab(), true, follow(1))
    expect(first.effects).toEqual([
      { kind: 'say', port: TOP, message: { type: 'let-go' } },
      { kind: 'say', port: ELSEWHERE, message: { type: 'let-go' } },
      { kind: 'hang-up', port: ELSEWHERE },
      { kind: 'say', port: INNER, message: follow(1) },
    ])
    const again = settle(first.pages, true, follow(1))
    expect(again.effects).toEqual([])
    expect(settle(again.pages, true, follow(2)).effects).toEqual([{ kind: 'say', port: INNER, message: follow(2) }])
  })

  it('[B5] when a likelier player turns up, the first is given back before the other follows', () => {
    const { pages } = settle(aDrivenTab(), true, follow(1))
    expect(settle(withOffer(pages, TOP, player(99), 0), true, follow(1)).effects).toEqual([
      { kind: 'say', port: INNER, message: { type: 'let-go' } },
      { kind: 'say', port: TOP, message: follow(1) },
    ])
  })

  it('[B4] a driven frame whose player is taken out stays driven until another has one', () => {
    const { pages } = settle(withOffer(aDrivenTab(), TOP, null, 0), true, follow(1))
    const without = settle(withOffer(pages, INNER, null, 0), true, follow(2))
    expect(without.effects).toEqual([{ kind: 'say', port: INNER, message: follow(2) }])
    expect(settle(withOffer(without.pages, TOP, player(10), 0), true, follow(2)).effects).toEqual([
      { kind: 'say', port: INNER, message: { type: 'let-go' } },
      { kind: 'say', port: TOP, message: follow(2) },
    ])
  })

  it('[B6] after the room every player is given back, and frames that no popup looks at are hung up on', () => {
    const { pages } = settle(aDrivenTab(), true, follow(1))
    const after = settle(withDriven(pages, undefined), false, undefined)
    expect(after.effects).toEqual([
      { kind: 'hang-up', port: TOP },
      { kind: 'say', port: INNER, message: { type: 'let-go' } },
      { kind: 'hang-up', port: INNER },
    ])
    expect(after.pages.frames).toEqual([])
  })

  it('[B6] a frame under an open popup stays', () => {
    const watched = { ...aDrivenTab(), watchedTabIds: [TAB] }
    const { pages, effects } = settle(withDriven(watched, undefined), false, undefined)
    expect(pages.frames.map((frame) => frame.port)).toEqual([TOP, INNER])
    expect(effects).not.toContainEqual({ kind: 'hang-up', port: INNER })
  })

  it('[B12] frames that come back after the background died keep following until the room is known again', () => {
    expect(settle(withDriven(withFrame(NO_PAGES, INNER, TAB, 5), TAB), true, undefined).effects).toEqual([])
    // The room is known, but not yet what each frame has to play.
    expect(settle(withDriven(withFrame(NO_PAGES, INNER, TAB, 5), TAB), true, follow(1)).effects).toEqual([])
  })

  it('[B6] a frame that followed in an earlier life is let go when there is no room any more', () => {
    expect(settle(withFrame(NO_PAGES, INNER, TAB, 5), false, undefined).effects).toEqual([
      { kind: 'say', port: INNER, message: { type: 'let-go' } },
      { kind: 'hang-up', port: INNER },
    ])
  })

  it('[B4] a fresh document takes the place of the one before it', () => {
    const pages = withFrame(aDrivenTab(), 9, TAB, 5)
    expect(bestFrame(pages, TAB)?.port).toBe(TOP)
    expect(bestFrame(withoutFrame(pages, TOP), TAB)).toBeUndefined()
  })
})
