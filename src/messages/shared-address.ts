/**
 * A page's address as it may be told to others: without fragment, user name and password, which are only the person's.
 * Content tells it and background compares it, so both take it from here.
 */

/** Nothing if it is no address. */
export function sharedAddress(address: string): URL | undefined {
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  url.hash = ''
  url.username = ''
  url.password = ''
  return url
}
