/** Keeps a text as a file where the browser keeps what people download. Needs a document, and no permission. */
const KEPT_MS = 60_000

export function saveFile(fileName: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
  // Not every browser has read it when the click is over.
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS)
}
