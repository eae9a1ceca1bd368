/** What an address says of the site it belongs to: what to call it, and what to ask leave for. Pure. */
import { sharedAddress } from '../messages/shared-address'

export type Site = {
  readonly host: string
  /** The match pattern of the whole site; patterns name no port in Firefox. Absent where no extension may work. */
  readonly pattern?: string
  /** The page's address without what is only for the person: fragment and credentials. */
  readonly address: string
}

export function siteOf(address: string | undefined): Site | undefined {
  const url = address === undefined ? undefined : sharedAddress(address)
  if (!url) return undefined
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:'
  return {
    host: url.host,
    address: url.href,
    ...(isWeb && { pattern: `${url.protocol}//${url.hostname}/*` }),
  }
}
