/** Where one is on the page: of the messages, with whom. */
import type { PersonId } from '../core/person/person'
import type { Section } from '../messages/person-view'

export type Place = { readonly section: Section; readonly personId?: PersonId }
