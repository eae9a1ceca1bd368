/** Whom a command means: somebody the server found, or somebody whom this person already has on a list. Pure. */
import type { Whom } from './command'
import type { PersonContext } from './context'
import type { OwnPerson, PersonCard } from './person'

export function isMeant(whom: Whom, { them }: PersonContext, { id, number }: PersonCard): boolean {
  if (them) return them.id === id
  switch (whom.kind) {
    case 'person':
      return whom.personId === id
    case 'number':
      return whom.number === number
    case 'member':
      return false
  }
}

/** The entry of that list which is meant. */
export function entryOf<Entry extends { readonly person: PersonCard }>(
  entries: readonly Entry[],
  whom: Whom,
  context: PersonContext,
): Entry | undefined {
  return entries.find(({ person }) => isMeant(whom, context, person))
}

/** As the server knows them now, or as they are remembered here. Nobody is their own friend. */
export function meantPerson(own: OwnPerson, whom: Whom, context: PersonContext): PersonCard | undefined {
  const lists = [own.friends, own.asked, own.asking, own.conversations, own.blocked]
  const found =
    context.them ??
    lists.flatMap((entries) => entries.map(({ person }) => person)).find((each) => isMeant(whom, context, each))
  return found && found.id !== own.id ? found : undefined
}
