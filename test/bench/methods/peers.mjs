/** The closed list of the peers' methods that ours is measured beside. */
import { eventRelay } from './event-relay.mjs'
import { frameTogether } from './frametogether.mjs'
import { jellyfin } from './jellyfin.mjs'
import { openWatchParty } from './openwatchparty.mjs'
import { syncplay } from './syncplay.mjs'

/** @type {readonly import('../relay.mjs').PeerMethod[]} */
export const PEERS = [eventRelay, frameTogether, openWatchParty, syncplay, jellyfin]

/** Can a person's speed be everybody's? Ours can. @param {string} method */
export const carriesRate = (method) => PEERS.find(({ id }) => id === method)?.carriesRate ?? true
