/**
 * Tokens of wires other than our own (JWT, HS256), signed with a secret that the operator shares with those systems: checked, and made for them.
 * What a token has to say is the dialect's to look at. Nothing here ever passes for a token or an invite of ours: those have another key.
 */
import { errors, jwtVerify, SignJWT } from 'jose'
import type { ServerDialect } from '../dialects/server-dialect'
import type { Clock } from '../platform/clock'
import type { WireTokenSettings } from './wire-settings'

export type Claims = Readonly<Record<string, unknown>>
export type Checked = { readonly claims: Claims } | { readonly why: 'expired' | 'invalid' }
type Wire = Pick<ServerDialect<unknown>, 'tokens'>

export type WireTokens = {
  verify(wire: Wire, token: string): Promise<Checked>
  /** Ends at the second that `forMs` from now is in. */
  sign(wire: Wire, claims: Claims, forMs: number): Promise<string>
}

export type WireTokensDeps = { readonly settings: WireTokenSettings; readonly clock: Clock }

/** Clocks of other machines are off by so much at most, as those systems have it. */
const LEEWAY_SEC = 60

export function createWireTokens({ settings, clock }: WireTokensDeps): WireTokens {
  const secret = new TextEncoder().encode(settings.secret)
  const namedOn = ({ tokens = {} }: Wire): { readonly audience?: string; readonly issuer?: string } => {
    const [audience, issuer] = [settings.audience ?? tokens.audience, settings.issuer ?? tokens.issuer]
    return { ...(audience !== undefined && { audience }), ...(issuer !== undefined && { issuer }) }
  }
  return {
    async verify(wire, token) {
      try {
        const { payload } = await jwtVerify(token, secret, {
          algorithms: ['HS256'],
          requiredClaims: ['exp'],
          clockTolerance: LEEWAY_SEC,
          currentDate: new Date(clock.nowMs()),
          ...namedOn(wire),
        })
        return { claims: payload }
      } catch (error) {
        return { why: error instanceof errors.JWTExpired ? 'expired' : 'invalid' }
      }
    },
    sign(wire, claims, forMs) {
      const { audience, issuer } = namedOn(wire)
      const jwt = new SignJWT({ ...claims })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setIssuedAt(Math.floor(clock.nowMs() / 1000))
        .setExpirationTime(Math.floor((clock.nowMs() + forMs) / 1000))
      if (audience !== undefined) jwt.setAudience(audience)
      if (issuer !== undefined) jwt.setIssuer(issuer)
      return jwt.sign(secret)
    },
  }
}
