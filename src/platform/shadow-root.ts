/**
 * The shadow root of an element, also a closed one where the browser lets content scripts in.
 * Chromium has a function for it, Firefox a property; elsewhere only open ones are seen.
 */
export function openOrClosedShadowRoot(element: Element): ShadowRoot | null {
  if ('openOrClosedShadowRoot' in element) return element.openOrClosedShadowRoot as ShadowRoot | null
  if (typeof chrome !== 'undefined' && chrome.dom && element instanceof HTMLElement) {
    return chrome.dom.openOrClosedShadowRoot(element)
  }
  return element.shadowRoot
}
