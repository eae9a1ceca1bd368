/** Systems in their own spelling, as people know them. What is not in the list is called as it calls itself. */
const NAMES: Readonly<Record<string, string>> = {
  tutti: 'Tutti',
  frametogether: 'FrameTogether',
  opensyncparty: 'OpenSyncParty',
  opentogethertube: 'OpenTogetherTube',
  openwatchparty: 'OpenWatchParty',
  pianorhythm: 'PianoRhythm',
  plugdj: 'plug.dj',
}

export function wireName(dialect: string): string {
  return NAMES[dialect] ?? dialect
}
