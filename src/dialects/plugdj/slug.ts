/** Names as parts of an address: how a room or a person is called in links. Pure. */
import { foldAlias } from '../../core/room/code'

const LONGEST = 32

export function slugOf(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9_]+/g, '-')
    .slice(0, LONGEST)
    .replaceAll(/^-+|-+$/g, '')
}

/** What a room of that name can claim; nothing where no name can be made of it. */
export function roomSlugOf(name: string): string | undefined {
  return foldAlias(slugOf(name))
}
