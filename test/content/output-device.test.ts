import { expect, it } from 'vitest'
import { type OutputDevice, outputName } from '../../src/content/output-device'

const output = (deviceId: string, groupId: string, label: string): OutputDevice => ({
  kind: 'audiooutput',
  deviceId,
  groupId,
  label,
})
const MICROPHONE: OutputDevice = { kind: 'audioinput', deviceId: 'm', groupId: '2', label: 'Microphone' }
/** As Chromium lists them for a site that may use the microphone. */
const LISTED = [
  MICROPHONE,
  output('default', '2', 'Default - Headphones'),
  output('communications', '1', 'Communications - Speakers'),
  output('a', '1', 'Speakers'),
  output('b', '2', 'Headphones'),
]

it('[P25] is the one that the usual device stands for, in any language', () => {
  expect(outputName(LISTED, '')).toBe('Headphones')
})

it('[P25] is the one that the page chose', () => {
  expect(outputName(LISTED, 'a')).toBe('Speakers')
  expect(outputName(LISTED, 'gone')).toBeUndefined()
})

it('[P25] is the first one where none is marked', () => {
  expect(outputName([MICROPHONE, output('x', '1', 'TV'), output('y', '2', 'Speakers')], '')).toBe('TV')
})

it.each([
  ['nothing is listed', []],
  ['only microphones are', [MICROPHONE]],
  ['names are kept from us', [output('', '', '')]],
])('[P25] has no name if %s', (_, devices) => {
  expect(outputName(devices, '')).toBeUndefined()
})

it('[P25] has a name of bounded length', () => {
  expect(outputName([output('x', '1', 'x'.repeat(5000))], '')).toHaveLength(200)
})
