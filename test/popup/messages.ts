/** The locales as the browser would answer from them: a double of `i18n.getMessage` over the real files. */
import de from '../../public/_locales/de/messages.json'
import en from '../../public/_locales/en/messages.json'

export type Message = {
  readonly message: string
  readonly description?: string
  readonly placeholders?: Readonly<Record<string, { readonly content: string; readonly example?: string }>>
}
export type Messages = Readonly<Record<string, Message>>

export const LOCALES: Readonly<Record<string, Messages>> = { en, de }

export function getMessage(messages: Messages, key: string, substitutions: readonly string[] = []): string {
  const entry = messages[key]
  if (!entry) return ''
  return entry.message.replaceAll(/\$(\w+)\$/g, (whole, name: string) => {
    const content = entry.placeholders?.[name.toLowerCase()]?.content
    return content === undefined ? whole : (substitutions[Number(content.slice(1)) - 1] ?? '')
  })
}
