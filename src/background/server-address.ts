/**
 * What a person writes when asked for a server, made into a base address `http(s)://host[:port]`, or a reason why not.
 * Pure. Plain http is only for this machine and the local network: what people watch together is nobody else's to read.
 */

export type ServerAddress =
  | { readonly ok: true; readonly server: string }
  | { readonly ok: false; readonly why: 'unreadable' | 'needs-https' }

const SCHEMES: Readonly<Record<string, 'http:' | 'https:'>> = {
  'http:': 'http:',
  'ws:': 'http:',
  'https:': 'https:',
  'wss:': 'https:',
}

export function readServerAddress(text: string): ServerAddress {
  const trimmed = text.trim()
  const scheme = /^([a-z][a-z0-9+.-]*:)\/\//i.exec(trimmed)?.[1]?.toLowerCase()
  const url = parse(scheme === undefined ? `https://${trimmed}` : trimmed.replace(/^[^:]*:/, SCHEMES[scheme] ?? 'no:'))
  if (!url || url.username !== '' || url.password !== '') return { ok: false, why: 'unreadable' }
  const near = isNear(url.hostname)
  // Nobody types a scheme: at home there is rarely a certificate, elsewhere there must be one.
  if (scheme === undefined) return { ok: true, server: near ? new URL(`http://${trimmed}`).origin : url.origin }
  if (url.protocol === 'http:' && !near) return { ok: false, why: 'needs-https' }
  return { ok: true, server: url.origin }
}

function parse(address: string): URL | undefined {
  if (/\s/.test(address) || !URL.canParse(address)) return undefined
  const url = new URL(address)
  return url.hostname !== '' && (url.protocol === 'http:' || url.protocol === 'https:') ? url : undefined
}

/** This machine, or one in the same private network. Names without a dot and `.local` are resolved there only. */
function isNear(host: string): boolean {
  if (host.startsWith('[')) return /^\[(?:::1\]|f[cd]|fe[89ab])/.test(host)
  const octets = /^(\d+)\.(\d+)\.\d+\.\d+$/.exec(host)
  if (!octets) return !host.includes('.') || host.endsWith('.localhost') || host.endsWith('.local')
  const [first, second] = [Number(octets[1]), Number(octets[2])]
  return (
    first === 127 ||
    first === 10 ||
    (first === 172 && second >= 16 && second <= 31) ||
    (first === 192 && second === 168) ||
    (first === 169 && second === 254)
  )
}
