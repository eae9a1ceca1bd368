/** The contract on each wire but our own (which has it beside its other tests): what it tells of a room, and how near. */
import { clientDialect, serverDialects } from '../../src/dialects/index'
import { dialectContract, type WireTells } from './dialect-contract'

const TELLS: Readonly<Record<string, { readonly tells: WireTells; readonly patienceMs: number }>> = {
  // A host says where it is once a second, and a viewer knows it as exactly as that.
  frametogether: {
    tells: { aspects: ['playing', 'positionSec', 'people', 'leads'], withinSec: 0.75, namesAsked: false },
    patienceMs: 1_500,
  },
  // A viewer knows where a host is as exactly as its words come, and a host says no more of itself than that.
  opensyncparty: {
    tells: { aspects: ['playing', 'positionSec', 'people', 'names', 'leads'], withinSec: 0.5, namesAsked: true },
    patienceMs: 1_200,
  },
  // People are counted and not named; a play is told for 300 ms ahead.
  openwatchparty: {
    tells: { aspects: ['playing', 'positionSec', 'people', 'lines', 'leads'], withinSec: 0.4, namesAsked: true },
    patienceMs: 1_200,
  },
  opentogethertube: {
    tells: {
      aspects: ['playing', 'positionSec', 'rate', 'media', 'queue', 'people', 'names', 'lines', 'leads'],
      withinSec: 0.1,
      namesAsked: true,
    },
    patienceMs: 2_600,
  },
  // No film: people and what they say.
  pianorhythm: {
    tells: { aspects: ['people', 'names', 'lines', 'leads'], withinSec: 0, namesAsked: true },
    patienceMs: 0,
  },
  // Guests are counted and not named, and what the room itself says of somebody is told in events; nobody says no to a line, so that is waited for.
  plugdj: {
    tells: { aspects: ['people', 'leads', 'media'], withinSec: 1, namesAsked: false },
    patienceMs: 20_000,
  },
}

for (const server of serverDialects()) {
  const client = clientDialect(server.name)
  const told = TELLS[server.name]
  if (!client || !told) continue
  dialectContract({ server, client, patienceMs: told.patienceMs }, told.tells)
}
