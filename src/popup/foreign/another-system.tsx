/** For addresses that say nothing of themselves: which system it is and where its server is, by hand. */
import { useState } from 'preact/hooks'
import { FOREIGN_SYSTEMS, type ForeignRoom, type ForeignSystem } from '../../dialects/recognise'
import { Fold } from '../../look/fold'
import { wireName } from '../../look/wire-names'
import { FOREIGN_LENGTHS } from '../../messages/foreign-wish'
import { t } from '../../platform/i18n'
import { ForeignDoor } from './foreign-door'
import { roomAt } from './room-at'
import { useDoor } from './use-door'

/** `address`: what stands in the join field, if it may be one. */
export function AnotherSystem({ name, address }: { name: string; address: string }) {
  return (
    <Fold name="another-system" words={t('anotherSystem')}>
      <ByHand name={name} address={address} />
    </Fold>
  )
}

function ByHand({ name, address }: { name: string; address: string }) {
  const [system, setSystem] = useState<ForeignSystem>('frametogether')
  const [server, setServer] = useState(address)
  const room: ForeignRoom | undefined = roomAt(system, server)
  const door = useDoor(room, name)
  const join = (event: Event) => {
    event.preventDefault()
    if (room) door.enter()
    else document.getElementById('foreign-server')?.focus()
  }
  return (
    <form class="stack" onSubmit={join}>
      <label class="side" for="foreign-system">
        <span class="grow">{t('foreignSystem')}</span>
        <select
          id="foreign-system"
          data-testid="foreign-system"
          value={system}
          onChange={(event) => {
            const chosen = FOREIGN_SYSTEMS.find((each) => each === event.currentTarget.value)
            if (chosen) setSystem(chosen)
          }}
        >
          {FOREIGN_SYSTEMS.map((each) => (
            <option key={each} value={each}>
              {wireName(each)}
            </option>
          ))}
        </select>
      </label>
      <label class="field" for="foreign-server">
        <span class="label">{t('foreignServer')}</span>
        <input
          id="foreign-server"
          data-testid="foreign-server"
          value={server}
          maxLength={FOREIGN_LENGTHS.server}
          placeholder={t('foreignServerExample')}
          inputMode="url"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          onInput={(event) => setServer(event.currentTarget.value)}
        />
      </label>
      {room && <ForeignDoor room={room} door={door} />}
      <button type="submit" class={room ? 'main' : ''} data-testid="join-by-hand">
        {t('join')}
      </button>
    </form>
  )
}
