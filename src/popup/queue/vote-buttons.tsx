/** Up and down on an item, with how many did. Pressing what is pressed takes the vote back. */
import type { Item } from '../../core/room/item'
import { ActButton } from '../../look/act-button'
import { t } from '../../platform/i18n'
import { useAsk } from '../ask'

export function VoteButtons({ item, vote, disabled }: { item: Item; vote: 1 | 0 | -1; disabled: boolean }) {
  const ask = useAsk()
  const press = (pressed: 1 | -1) => ask({ type: 'vote', itemId: item.id, vote: vote === pressed ? 0 : pressed })
  return (
    <>
      <ActButton
        name="vote-up"
        icon="up"
        words={t('voteUp')}
        count={item.up.length}
        pressed={vote === 1}
        disabled={disabled}
        onClick={() => press(1)}
      />
      <ActButton
        name="vote-down"
        icon="down"
        words={t('voteDown')}
        count={item.down.length}
        pressed={vote === -1}
        disabled={disabled}
        onClick={() => press(-1)}
      />
    </>
  )
}
