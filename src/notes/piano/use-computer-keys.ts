/** The computer's keys play on the piano as long as the page has the keyboard; whoever goes elsewhere lets go of everything. */
import { useEffect, useRef } from 'preact/hooks'
import { useWorld } from '../world'
import { wordOf } from './computer-keys'
import { type Range, shifted } from './range'

/** The computer's keys know no force. */
const VELOCITY = 92

export function useComputerKeys(range: Range, setRange: (range: Range) => void): void {
  const { instrument } = useWorld()
  const now = useRef({ range, setRange })
  now.current = { range, setRange }
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      // While it is down, macOS tells of no other key that goes up.
      if (event.key === 'Meta') instrument.letGo()
      if (event.ctrlKey || event.altKey || event.metaKey) return
      const word = wordOf(event.code)
      if (!word) return
      // Firefox would begin to search the page.
      event.preventDefault()
      if (event.repeat) return
      const { range, setRange } = now.current
      if (word.kind === 'shift') setRange(shifted(range, word.octaves))
      else instrument.press(`code ${event.code}`, range.base + word.step, VELOCITY, event.timeStamp)
    }
    const onKeyUp = (event: KeyboardEvent) => instrument.lift(`code ${event.code}`, event.timeStamp)
    // Where the keys go up from now on is told to somebody else.
    const onBlur = () => instrument.letGo()
    window.addEventListener('keydown', onKeyDown)
    window.addEventListener('keyup', onKeyUp)
    window.addEventListener('blur', onBlur)
    return () => {
      window.removeEventListener('keydown', onKeyDown)
      window.removeEventListener('keyup', onKeyUp)
      window.removeEventListener('blur', onBlur)
    }
  }, [instrument])
}
