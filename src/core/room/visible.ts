/**
 * Text without control characters and halves of characters: they show nothing, and make a room's copy longer than it looks. Nor does it turn
 * the words around it about, as marks do that set a direction until somebody ends it; marks for one place stay, since languages need them.
 */
export function visible(text: string): string {
  return text.replaceAll(/[\u202A-\u202E\u2066-\u2069]/g, '').replaceAll(/[\p{Cc}\p{Cs}]+/gu, ' ')
}
