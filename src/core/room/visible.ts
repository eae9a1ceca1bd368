/** Text without control characters and halves of characters: they show nothing, and make a room's copy longer than it looks. */
export function visible(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cs}]+/gu, ' ')
}
