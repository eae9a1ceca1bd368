/** What somebody filled in to go into a room of another system: the popup's form, and what the background keeps of it until it may go. */
import * as z from 'zod/mini'

export const FOREIGN_LENGTHS = { server: 500, room: 100, secret: 4000, login: 200 } as const

const text = (most: number) => z.string().check(z.maxLength(most))

export const foreignWish = z.object({
  /** One of the systems that can be entered from here. */
  system: text(40),
  server: text(FOREIGN_LENGTHS.server),
  room: text(FOREIGN_LENGTHS.room),
  name: text(100),
  password: z.exactOptional(text(FOREIGN_LENGTHS.secret)),
  /** Signed by that system, and pasted by the person. */
  invite: z.exactOptional(text(FOREIGN_LENGTHS.secret)),
  token: z.exactOptional(text(FOREIGN_LENGTHS.secret)),
  account: z.exactOptional(z.object({ login: text(FOREIGN_LENGTHS.login), password: text(FOREIGN_LENGTHS.secret) })),
})
export type ForeignWish = z.infer<typeof foreignWish>
