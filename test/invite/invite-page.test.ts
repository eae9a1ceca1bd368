import { describe, expect, it } from 'vitest'
import { invitePage } from '../../src/invite/invite-page'

const publicUrl = 'https://tutti.example'

describe('the invite page', () => {
  it('[S30] shows the code, the link and how to come in, without script', () => {
    const html = invitePage({ code: 'k7m2qp', publicUrl })
    expect(html).toContain('>k7m2qp<')
    expect(html).toContain('https://tutti.example/j/k7m2qp')
    expect(html).toContain('extension')
    expect(html).not.toMatch(/<script|javascript:|\son\w+=|style="/)
  })

  it('[A13] keeps what the host signed in the link, as long as it counts', () => {
    const html = invitePage({ code: 'k7m2qp', invite: { text: 'eyJh.eyJz.c2ln', counts: true }, publicUrl })
    expect(html).toContain('https://tutti.example/j/k7m2qp?invite=eyJh.eyJz.c2ln<')
    expect(html).not.toContain('does not count')
  })

  it('[S31] says so when there is no such room', () => {
    expect(invitePage({ publicUrl })).toContain('There is no room behind this link')
  })

  it('[S32] shows nothing of what a stranger wrote into the link', () => {
    const invite = { text: '"><img src=x onerror=alert(1)>', counts: false }
    const html = invitePage({ code: 'k7m2qp', invite, publicUrl })
    expect(html).not.toContain('<img')
    expect(html).not.toContain('alert')
    expect(html).toContain('does not count any more')
    expect(invitePage({ code: 'k7m2qp', publicUrl: '"><b>' })).not.toContain('<b>')
  })
})
