/** The piano with what moves it: which part is in sight, how much of it, and where the computer's keys play. */
import { useEffect, useState } from 'preact/hooks'
import { Icon, type IconName } from '../../look/icon'
import { t } from '../../platform/i18n'
import type { Holders } from '../holders'
import { useWorld } from '../world'
import { lettersByStep } from './computer-keys'
import { placesOf } from './key-layout'
import { keyName } from './key-names'
import { Overview } from './overview'
import { Piano } from './piano'
import { canShift, canZoom, firstRange, type Range, shifted, spanOf, zoomed } from './range'
import { Trails } from './trails'
import { useComputerKeys } from './use-computer-keys'

export function Keyboard({ holders }: { holders: Holders }) {
  const { printed } = useWorld()
  const [range, setRange] = useState<Range>(() => firstRange(window.innerWidth))
  const [letters, setLetters] = useState(() => lettersByStep())
  useEffect(() => {
    void printed().then((found) => setLetters(lettersByStep(found)))
  }, [printed])
  useComputerKeys(range, setRange)

  const span = spanOf(range)
  return (
    <section class="keyboard" aria-label={t('notesKeyboard')}>
      <div class="moves">
        <Move
          name="notes-lower"
          icon="left"
          words={t('notesLower')}
          can={canShift(range, -1)}
          onClick={() => setRange(shifted(range, -1))}
        />
        <Overview span={span} holders={holders} />
        <Move
          name="notes-higher"
          icon="right"
          words={t('notesHigher')}
          can={canShift(range, 1)}
          onClick={() => setRange(shifted(range, 1))}
        />
        <Move
          name="notes-more"
          icon="less"
          words={t('notesMoreKeys')}
          can={canZoom(range, -1)}
          onClick={() => setRange(zoomed(range, -1))}
        />
        <Move
          name="notes-fewer"
          icon="add"
          words={t('notesFewerKeys')}
          can={canZoom(range, 1)}
          onClick={() => setRange(zoomed(range, 1))}
        />
      </div>
      <div class="stage">
        <Trails places={placesOf(span)} holders={holders} />
        <Piano
          span={span}
          holders={holders}
          letters={new Map([...letters].map(([step, letter]) => [range.base + step, letter]))}
        />
      </div>
      <p class="hidden" role="status">
        {t('notesKeysAt', keyName(range.base))}
      </p>
    </section>
  )
}

type MoveProps = { name: string; icon: IconName; words: string; can: boolean; onClick: () => void }

function Move({ name, icon, words, can, onClick }: MoveProps) {
  return (
    <button
      type="button"
      class="square"
      data-testid={name}
      title={words}
      aria-label={words}
      disabled={!can}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  )
}
