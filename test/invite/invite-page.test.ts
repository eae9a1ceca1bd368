import { describe, expect, it } from 'vitest'
import { invitePage } from '../../src/invite/invite-page'

const publicUrl = 'https://tutti.example'

describe('the invite page', () => {
  it('[S30] shows the code, the link and how to come in, without script', () => {
    const html = invitePage({ code: 'K7M2QP', exists: true, publicUrl })
    expect(html).toContain('>k7m2qp<')
    expect(html).toContain('https://tutti.example/j/k7m2qp')
    expect(html).toContain('extension')
    expect(html).not.toMatch(/<script|javascript:|\son\w+=|style="/)
  })

  it('[S31] says so when there is no such room', () => {
    expect(invitePage({ code: 'k7m2qp', exists: false, publicUrl })).toContain('There is no room behind this link')
  })

  it('[S32] shows nothing of what a stranger wrote into the link', () => {
    const html = invitePage({ code: '<img src=x onerror=alert(1)>', exists: true, publicUrl })
    expect(html).not.toContain('<img')
    expect(html).not.toContain('alert')
    expect(invitePage({ code: 'k7m2qp', exists: true, publicUrl: '"><b>' })).not.toContain('<b>')
  })
})
