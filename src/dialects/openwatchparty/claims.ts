/** What a token of this wire has to say, once its signature and its time are found good: all of it, as the living server asks. */
import * as z from 'zod/mini'

const whole = z.object({
  sub: z.string().check(z.minLength(1), z.maxLength(1_000)),
  name: z.string().check(z.maxLength(1_000)),
  aud: z.unknown(),
  iss: z.string(),
  exp: z.number(),
  iat: z.number(),
})

export function readClaims(
  claims: Readonly<Record<string, unknown>> | undefined,
): { readonly name: string } | undefined {
  const read = claims && Object.hasOwn(claims, 'aud') ? whole.safeParse(claims) : undefined
  return read?.success ? { name: read.data.name } : undefined
}
