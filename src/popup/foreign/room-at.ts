/** A system chosen by hand, with the address somebody typed for its server. Pure. */
import { type ForeignRoom, type ForeignSystem, recognise } from '../../dialects/recognise'

const ADDRESS = /^(?:(https?|wss?):\/\/)?((?:[a-z\d](?:[a-z\d.-]*[a-z\d])?|\[[a-f\d:.]+\])(?::\d{1,5})?)(?:[/?#]\S*)?$/i

/** If what was typed is a room of that system's anyway, it is that room. */
export function roomAt(system: ForeignSystem, text: string): ForeignRoom | undefined {
  const recognised = recognise(text)
  if (recognised?.kind === 'foreign' && recognised.system === system) return recognised
  const [, scheme, address] = ADDRESS.exec(text.trim()) ?? []
  const host = address?.toLowerCase()
  if (host === undefined || !URL.canParse(`http://${host}`)) return undefined
  return { kind: 'foreign', system, server: scheme ? `${scheme.toLowerCase()}://${host}` : host, host }
}

/** Might be the address of a server: it goes into the field for one. */
export function mayBeAddress(text: string): boolean {
  return /[.:]/.test(text) && ADDRESS.test(text.trim())
}
