import { describe, expect, it } from 'vitest'
import { siteOf } from '../../src/background/site'

describe('the site of an address', () => {
  it('[B15] asks for the whole host, by a pattern without a port, which Firefox does not know', () => {
    expect(siteOf('http://films.example:8080/a?b#c')).toEqual({
      host: 'films.example:8080',
      pattern: 'http://films.example/*',
      address: 'http://films.example:8080/a?b',
    })
  })

  it('[B15] has nothing to ask for where no extension may work', () => {
    expect(siteOf('chrome://extensions/')?.pattern).toBeUndefined()
    expect(siteOf(undefined)).toBeUndefined()
    expect(siteOf('no address')).toBeUndefined()
  })

  it('[B15] leaves out what is only for the person', () => {
    expect(siteOf('https://me:secret@films.example/a#here')?.address).toBe('https://films.example/a')
  })
})
