/** Which sound one plays with, and how loud the page is. */
import { Icon } from '../look/icon'
import { type MessageKey, t } from '../platform/i18n'
import { SOUND_NAMES, type SoundName } from './synth/recipes'
import { useWorld } from './world'

const WORDS: Readonly<Record<SoundName, MessageKey>> = {
  piano: 'soundPiano',
  electric: 'soundElectric',
  organ: 'soundOrgan',
  strings: 'soundStrings',
  marimba: 'soundMarimba',
  woodblock: 'soundWoodblock',
}

export function SoundsChoice() {
  const { instrument } = useWorld()
  return (
    <fieldset class="card sounds">
      <legend class="label">{t('notesSound')}</legend>
      <div class="chips">
        {SOUND_NAMES.map((name) => (
          <label key={name} class="chip">
            <input
              type="radio"
              name="sound"
              data-testid={`sound-${name}`}
              checked={instrument.sound.value === name}
              onChange={() => instrument.chooseSound(name)}
            />
            <span>{t(WORDS[name])}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

export function Volume() {
  const { instrument } = useWorld()
  const percent = Math.round(instrument.volume.value * 100)
  return (
    <label class="volume" title={t('notesVolume')}>
      <Icon name={percent === 0 ? 'silent' : 'loud'} />
      <span class="hidden">{t('notesVolume')}</span>
      <input
        type="range"
        data-testid="volume"
        min="0"
        max="100"
        step="5"
        value={percent}
        onInput={(event) => instrument.setVolume(Number(event.currentTarget.value) / 100)}
      />
    </label>
  )
}
