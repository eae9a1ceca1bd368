/**
 * The name of the loudspeaker that a player is heard on, where the browser tells it: only on sites that a person has given
 * the microphone or a loudspeaker to. Never asks for that. Ids differ from site to site, so a device is known by its name.
 */
import { DEVICE_LENGTH } from '../messages/content-to-background'
import type { PlayerShell } from './player-shell'

export type OutputDevice = Pick<MediaDeviceInfo, 'kind' | 'deviceId' | 'groupId' | 'label'>

/** Chromium lists these beside the device that they stand for. */
const STAND_INS: readonly string[] = ['default', 'communications']

/** `sinkId` is what the page chose for its player; empty is the machine's usual device. */
export function outputName(devices: readonly OutputDevice[], sinkId: string): string | undefined {
  const outputs = devices.filter(({ kind, label }) => kind === 'audiooutput' && label !== '')
  const chosen =
    sinkId === '' ? (outputs.find(isStandIn) ?? outputs[0]) : outputs.find((one) => one.deviceId === sinkId)
  if (!chosen) return undefined
  const real = isStandIn(chosen) ? outputs.find((one) => !isStandIn(one) && one.groupId === chosen.groupId) : undefined
  return (real ?? chosen).label.slice(0, DEVICE_LENGTH)
}

function isStandIn({ deviceId }: OutputDevice): boolean {
  return STAND_INS.includes(deviceId)
}

/** Calls back soon, and whenever devices come or go, until the answer is called. */
export function watchOutput(
  player: Pick<PlayerShell, 'sinkId'>,
  onName: (name: string | undefined) => void,
): () => void {
  // Absent on pages without a secure connection.
  const devices: MediaDevices | undefined = navigator.mediaDevices
  if (!devices) return () => {}
  const stop = new AbortController()
  const look = async (): Promise<void> => {
    const listed = await devices.enumerateDevices().catch(() => [])
    if (!stop.signal.aborted) onName(outputName(listed, player.sinkId()))
  }
  devices.addEventListener('devicechange', () => void look(), { signal: stop.signal })
  void look()
  return () => stop.abort()
}
