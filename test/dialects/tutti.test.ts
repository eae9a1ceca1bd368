import { tuttiClient, tuttiServer } from '../../src/dialects'
import { dialectContract } from '../contracts/dialect-contract'

dialectContract({ server: tuttiServer, client: tuttiClient })
