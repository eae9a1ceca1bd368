/** How the room is set. Switches count at once; what is written counts when it is saved. Who may not set it reads it. */
import { ROOM_LIMITS } from '../../core/room/room'
import type { RoomView } from '../../messages/background-to-popup'
import { type MessageKey, t } from '../../platform/i18n'
import { useAsk } from '../ask'
import { mayKeepDoor } from '../rights'
import { Password } from './password'

/** `door`: for who may keep it. */
const SWITCHES = [
  ['guests', 'settingGuests', 'door'],
  ['chat', 'settingChat', 'door'],
  ['listed', 'settingListed', 'shown'],
  ['temporary', 'settingTemporary', 'door'],
] as const satisfies readonly (readonly [keyof RoomView['settings'], MessageKey, 'door' | 'shown'])[]

/** Thirds and halves of those who are here. */
const SHARES: readonly (readonly [share: number, words: MessageKey])[] = [
  [0, 'skipShareNone'],
  [1 / 3, 'skipShareThird'],
  [1 / 2, 'skipShareHalf'],
  [2 / 3, 'skipShareTwoThirds'],
  [1, 'skipShareAll'],
]

export function RoomSettings({ room }: { room: RoomView }) {
  return (
    <>
      <Switches room={room} />
      <SkipShare room={room} />
      <Written room={room} />
      {mayKeepDoor(room) && <Password locked={room.settings.locked} />}
    </>
  )
}

function Switches({ room }: { room: RoomView }) {
  const ask = useAsk()
  const keepsDoor = mayKeepDoor(room)
  return (
    <div class="ticks">
      {SWITCHES.filter(([, , kind]) => kind === 'shown' || keepsDoor).map(([name, words]) => (
        <label key={name}>
          <input
            type="checkbox"
            data-testid={`setting-${name}`}
            checked={room.settings[name]}
            onChange={() => ask({ type: 'configure', settings: { [name]: !room.settings[name] } })}
          />
          {t(words)}
        </label>
      ))}
    </div>
  )
}

function SkipShare({ room }: { room: RoomView }) {
  const ask = useAsk()
  const { skipShare } = room.settings
  const nearest = SHARES.reduce((best, each) =>
    Math.abs(each[0] - skipShare) < Math.abs(best[0] - skipShare) ? each : best,
  )
  return (
    <label class="side">
      <span class="grow">{t('skipShare')}</span>
      <select
        data-testid="setting-skip-share"
        value={String(nearest[0])}
        onChange={(event) => ask({ type: 'configure', settings: { skipShare: Number(event.currentTarget.value) } })}
      >
        {SHARES.map(([share, words]) => (
          <option key={share} value={String(share)}>
            {t(words)}
          </option>
        ))}
      </select>
    </label>
  )
}

function Written({ room }: { room: RoomView }) {
  const ask = useAsk()
  const { shown, capacity } = room.settings
  const keepsDoor = mayKeepDoor(room)
  const save = (event: SubmitEvent) => {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    const written = new FormData(event.currentTarget)
    const text = (name: string) => {
      const value = written.get(name)
      return typeof value === 'string' ? value.trim() : ''
    }
    ask({
      type: 'configure',
      settings: {
        ...(keepsDoor && { capacity: Number(text('capacity')) }),
        shown: { title: text('title'), description: text('description'), welcome: text('welcome') },
      },
    })
  }
  return (
    <form class="stack" onSubmit={save}>
      <Field name="title" words={t('settingTitle')} value={shown.title} most={ROOM_LIMITS.titleOfRoom} />
      <Field
        name="description"
        words={t('settingDescription')}
        value={shown.description}
        most={ROOM_LIMITS.descriptionLength}
      />
      <Field name="welcome" words={t('settingWelcome')} value={shown.welcome} most={ROOM_LIMITS.welcomeLength} />
      {keepsDoor && (
        <label class="side">
          <span class="grow">{t('settingCapacity')}</span>
          <input
            class="figure"
            type="number"
            name="capacity"
            data-testid="setting-capacity"
            min={1}
            max={ROOM_LIMITS.members}
            required
            defaultValue={String(capacity)}
          />
        </label>
      )}
      <button type="submit" data-testid="settings-of-room-save">
        {t('save')}
      </button>
    </form>
  )
}

type FieldProps = { name: string; words: string; value: string; most: number }

function Field({ name, words, value, most }: FieldProps) {
  return (
    <label class="field">
      <span class="label">{words}</span>
      <input name={name} data-testid={`setting-${name}`} defaultValue={value} maxLength={most} autocomplete="off" />
    </label>
  )
}

/** In words, without what can't be pressed. */
export function SettingsRead({ room: { settings } }: { room: RoomView }) {
  const facts: readonly (readonly [boolean, MessageKey, MessageKey])[] = [
    [settings.guests, 'factGuests', 'factNoGuests'],
    [settings.locked, 'factLocked', 'factOpen'],
    [settings.listed, 'factListed', 'factPrivate'],
    [settings.temporary, 'factTemporary', 'factKept'],
  ]
  return (
    <ul class="soft facts" data-testid="settings-read">
      {facts.map(([holds, yes, no]) => (
        <li key={yes}>{t(holds ? yes : no)}</li>
      ))}
    </ul>
  )
}
