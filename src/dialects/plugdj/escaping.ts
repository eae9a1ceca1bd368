/**
 * Text as this wire carries it: five characters of HTML are escaped, nothing else, and a line of chat has at most 250 bytes after that.
 * Pure; knows no frames.
 */

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
}
const CHARACTERS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(ENTITIES).map(([character, entity]) => [entity, character]),
)

export function escapeText(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}

/** Once: what was escaped twice still shows an entity, as its writer wanted it. */
export function unescapeText(text: string): string {
  return text.replaceAll(/&(?:amp|lt|gt|#34|#39);/g, (entity) => CHARACTERS[entity] ?? entity)
}

export const MAX_CHAT_BYTES = 250

/** Of the text in UTF-8, as it crosses the socket. */
export function chatBytes(text: string): number {
  let bytes = 0
  for (const character of escapeText(text)) {
    const point = character.codePointAt(0) ?? 0
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
  }
  return bytes
}

/** Nothing where it has a line break or is too long: this wire drops such lines without a word. */
export function fitsChat(text: string): boolean {
  return !/[\n\r]/.test(text) && chatBytes(text) <= MAX_CHAT_BYTES
}

/** The text in as many lines as it takes, broken between words where that is possible. */
export function chatLines(text: string): readonly string[] {
  const lines: string[] = []
  for (const part of text.split(/[\n\r]+/)) {
    let line = ''
    for (const word of part.split(/(?<= )/)) {
      if (chatBytes(line + word) <= MAX_CHAT_BYTES) line += word
      else {
        if (line.trim() !== '') lines.push(line.trim())
        line = ''
        for (const character of word) {
          if (chatBytes(line + character) > MAX_CHAT_BYTES) {
            lines.push(line)
            line = ''
          }
          line += character
        }
      }
    }
    if (line.trim() !== '') lines.push(line.trim())
  }
  return lines
}
