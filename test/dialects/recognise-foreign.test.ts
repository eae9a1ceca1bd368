import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { recognise } from '../../src/dialects/recognise'

describe('a room of another system in what somebody pasted', () => {
  it.each([
    ['https://opentogethertube.com/room/movies', 'opentogethertube', 'https://opentogethertube.com', 'movies'],
    ['Join me: opentogethertube.com/room/Movies!', 'opentogethertube', 'opentogethertube.com', 'Movies'],
    ['http://192.168.1.7:8080/room/a-b_c?x=1#y', 'opentogethertube', 'http://192.168.1.7:8080', 'a-b_c'],
    ['wss://tube.example/api/room/movies', 'opentogethertube', 'wss://tube.example', 'movies'],
    ['https://plug.dj/loves-kpop', 'plugdj', 'https://plug.dj', 'loves-kpop'],
    ['https://plug.dj/', 'plugdj', 'https://plug.dj', undefined],
    ['wss://dj.example:443/socket tastycat', 'plugdj', 'wss://dj.example:443', 'tastycat'],
    ['https://pianorhythm.io/?roomName=My%20Piano%20Room', 'pianorhythm', 'https://pianorhythm.io', 'My Piano Room'],
    ['wss://keys.example/api/websocket room lounge', 'pianorhythm', 'wss://keys.example', 'lounge'],
    ['wss://keys.example/api/websocket/AbC123', 'pianorhythm', 'wss://keys.example', undefined],
    ['wss://frametogether.example.org/sync abc123', 'frametogether', 'wss://frametogether.example.org', 'abc123'],
    ['wss://frametogether.19702038.xyz code Ab12cd', 'frametogether', 'wss://frametogether.19702038.xyz', 'Ab12cd'],
    ['ws://127.0.0.1:47642/sync', 'frametogether', 'ws://127.0.0.1:47642', undefined],
    [
      'ws://media.local:3000/ws 7b0e4f6e-1111-4222-8333-444455556666',
      'openwatchparty',
      'ws://media.local:3000',
      '7b0e4f6e-1111-4222-8333-444455556666',
    ],
    ['http://jellyfin.home:8096/web/#/video room 7b0e', 'openwatchparty', 'http://jellyfin.home:3000', '7b0e'],
    ['https://media.example/OpenSyncParty/ws movie-night', 'opensyncparty', 'https://media.example', 'movie-night'],
    ['wss://media.example/OpenSyncParty/ws?room=movie-night', 'opensyncparty', 'wss://media.example', 'movie-night'],
  ])('[U71] %j is a room of %s', (text, system, server, room) => {
    const host = server.replace(/^\w+:\/\//, '')
    expect(recognise(text)).toEqual({ kind: 'foreign', system, server, host, ...(room !== undefined && { room }) })
  })

  it('[U71] an invite that the other system signed goes along, wherever it stands', () => {
    const invite = 'eyJhbGci.eyJ0eXBl.c2lnbmF0'
    const found = {
      kind: 'foreign',
      system: 'opensyncparty',
      server: 'wss://m.example',
      host: 'm.example',
      room: 'films',
    }
    expect(recognise(`wss://m.example/OpenSyncParty/ws films ${invite}`)).toEqual({ ...found, invite })
    expect(recognise(`${invite} for films at wss://m.example/OpenSyncParty/ws?room=films`)).toEqual({
      ...found,
      invite,
    })
  })

  it.each([
    'https://example.org/',
    'https://example.org/watch?v=1',
    'movies',
    'sync',
    'a.b',
    'ftp://plug.dj/x',
    'room/movies is fun',
  ])('[U71] %j could be anything, and is nothing here', (text) => {
    expect(recognise(text)).toBeUndefined()
  })

  it('[U71] never fails, whatever is pasted', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl({ withQueryParameters: true })), (text) => {
        const found = recognise(text)
        if (found?.kind === 'foreign') expect(found.host.length).toBeGreaterThan(0)
      }),
    )
  })
})
