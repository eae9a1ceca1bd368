/** The way for an instrument into the page: a click asks, and whatever comes of it is said with what works instead. */
import { Icon } from '../../look/icon'
import { listOf, t } from '../../platform/i18n'
import { useWorld } from '../world'

export function MidiPanel() {
  const { instrument, isFirefox } = useWorld()
  const midi = instrument.midi.value
  const canAsk = midi.kind === 'off' || midi.kind === 'denied'
  return (
    <section class="card midi" aria-label={t('midi')} data-testid="midi" data-state={midi.kind}>
      <h2 class="label">{t('midi')}</h2>
      <div class="side">
        <p class="grow soft" role="status">
          {midi.kind === 'off' && t('midiOff')}
          {midi.kind === 'asking' && t('midiAsking')}
          {midi.kind === 'none' && t('midiNone')}
          {midi.kind === 'denied' && t(isFirefox ? 'midiFirefox' : 'midiDenied')}
          {midi.kind === 'on' &&
            (midi.instruments.length === 0 ? t('midiWaits') : t('midiOn', listOf(midi.instruments)))}
        </p>
        {canAsk && !(isFirefox && midi.kind === 'denied') && (
          <button type="button" class="small" data-testid="midi-ask" onClick={() => instrument.askForMidi()}>
            <Icon name="plug" size={18} />
            {t('midiAsk')}
          </button>
        )}
      </div>
    </section>
  )
}
