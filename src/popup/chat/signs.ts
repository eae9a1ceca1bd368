/** The signs that are offered to react with. Other clients may send others; those are shown all the same. */
export const SIGNS = ['👍', '❤️', '😂', '😮', '😢', '👏'] as const
