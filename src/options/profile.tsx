/** As what one is seen: name, face, presence, and whether friends may see where one is. What is chosen counts at once. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { AVATAR_COLOURS, type Avatar, type AvatarColour, DRAWINGS, type Drawing } from '../core/person/avatar'
import { type OwnPerson, PERSON_LIMITS } from '../core/person/person'
import { PRESENCE_WISHES, type PresenceWish } from '../core/person/presence'
import { Face } from '../look/face'
import { type MessageKey, t } from '../platform/i18n'
import { useAsk } from './world'

export function Profile({ person }: { person: OwnPerson }) {
  return (
    <>
      <Name person={person} />
      <Faces avatar={person.shown.avatar} />
      <Presence wish={person.presenceWish} tellsWhere={person.tellsWhere} />
    </>
  )
}

function Name({ person: { shown } }: { person: OwnPerson }) {
  const ask = useAsk()
  const [name, setName] = useState(shown.name)
  useLayoutEffect(() => setName(shown.name), [shown.name])
  const field = useRef<HTMLInputElement>(null)
  const isEmpty = name.trim() === ''
  const save = (event: Event) => {
    event.preventDefault()
    if (isEmpty) field.current?.focus()
    else if (name.trim() !== shown.name) ask({ type: 'set-profile', name: name.trim() })
  }
  return (
    <form class="card side" onSubmit={save}>
      <Face avatar={shown.avatar} big />
      <label class="field narrow grow">
        <span class="label">{t('yourName')}</span>
        <input
          data-testid="your-name"
          ref={field}
          value={name}
          maxLength={PERSON_LIMITS.nameLength}
          autocomplete="off"
          aria-describedby="your-name-hint"
          aria-invalid={isEmpty}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <span class="soft below" id="your-name-hint" aria-live="polite">
          {t(isEmpty ? 'refusalBadNameHint' : 'youNameHint')}
        </span>
      </label>
      <button type="submit" data-testid="save-name" class={!isEmpty && name.trim() !== shown.name ? 'main' : ''}>
        {t('save')}
      </button>
    </form>
  )
}

const ANIMALS: Readonly<Record<Drawing, MessageKey>> = {
  fox: 'animalFox',
  owl: 'animalOwl',
  otter: 'animalOtter',
  panda: 'animalPanda',
  badger: 'animalBadger',
  seal: 'animalSeal',
  tiger: 'animalTiger',
  koala: 'animalKoala',
  turtle: 'animalTurtle',
  penguin: 'animalPenguin',
  frog: 'animalFrog',
  cat: 'animalCat',
  dog: 'animalDog',
  bear: 'animalBear',
  rabbit: 'animalRabbit',
  mouse: 'animalMouse',
  lion: 'animalLion',
  wolf: 'animalWolf',
  swan: 'animalSwan',
  whale: 'animalWhale',
  octopus: 'animalOctopus',
  hedgehog: 'animalHedgehog',
  bee: 'animalBee',
  snail: 'animalSnail',
}

const COLOURS: Readonly<Record<AvatarColour, MessageKey>> = {
  red: 'colourRed',
  orange: 'colourOrange',
  amber: 'colourAmber',
  lime: 'colourLime',
  green: 'colourGreen',
  teal: 'colourTeal',
  cyan: 'colourCyan',
  blue: 'colourBlue',
  indigo: 'colourIndigo',
  violet: 'colourViolet',
  pink: 'colourPink',
  grey: 'colourGrey',
}

function Faces({ avatar }: { avatar: Avatar }) {
  const ask = useAsk()
  const choose = (change: Partial<Avatar>) => ask({ type: 'set-profile', avatar: { ...avatar, ...change } })
  return (
    <div class="card stack">
      <FaceChoice
        name="drawing"
        legend={t('youAnimal')}
        choices={DRAWINGS}
        chosen={avatar.drawing}
        wordsOf={(drawing) => t(ANIMALS[drawing])}
        faceOf={(drawing) => ({ ...avatar, drawing })}
        choose={(drawing) => choose({ drawing })}
      />
      <FaceChoice
        name="colour"
        legend={t('youColour')}
        choices={AVATAR_COLOURS}
        chosen={avatar.colour}
        wordsOf={(colour) => t(COLOURS[colour])}
        faceOf={(colour) => ({ ...avatar, colour })}
        choose={(colour) => choose({ colour })}
      />
    </div>
  )
}

type FaceChoiceProps<Each extends string> = {
  name: string
  legend: string
  choices: readonly Each[]
  chosen: Each
  wordsOf: (each: Each) => string
  faceOf: (each: Each) => Avatar
  choose: (each: Each) => void
}

function FaceChoice<Each extends string>(props: FaceChoiceProps<Each>) {
  const { name, legend, choices, chosen, wordsOf, faceOf, choose } = props
  return (
    <fieldset>
      <legend class="label">{legend}</legend>
      <div class="choices faces">
        {choices.map((each) => (
          <label key={each} title={wordsOf(each)}>
            <input
              type="radio"
              name={name}
              data-testid={`${name}-${each}`}
              aria-label={wordsOf(each)}
              checked={each === chosen}
              onChange={() => choose(each)}
            />
            <Face avatar={faceOf(each)} />
          </label>
        ))}
      </div>
    </fieldset>
  )
}

const WISHES: Readonly<Record<PresenceWish, readonly [words: MessageKey, hint: MessageKey]>> = {
  online: ['presenceOnline', 'presenceOnlineHint'],
  away: ['presenceAway', 'presenceAwayHint'],
  busy: ['presenceBusy', 'presenceBusyHint'],
  invisible: ['presenceInvisible', 'presenceInvisibleHint'],
}

function Presence({ wish, tellsWhere }: { wish: PresenceWish; tellsWhere: boolean }) {
  const ask = useAsk()
  return (
    <div class="card stack">
      <fieldset>
        <legend class="label">{t('youPresence')}</legend>
        <div class="choices">
          {PRESENCE_WISHES.map((each) => (
            <label key={each}>
              <input
                type="radio"
                name="presence"
                data-testid={`presence-${each}`}
                checked={each === wish}
                onChange={() => ask({ type: 'set-presence', wish: each })}
              />
              <span>{t(WISHES[each][0])}</span>
            </label>
          ))}
        </div>
        <p class="soft below">{t(WISHES[wish][1])}</p>
      </fieldset>
      <div class="ticks">
        <label>
          <input
            type="checkbox"
            data-testid="tells-where"
            checked={tellsWhere}
            onChange={() => ask({ type: 'set-tells-where', tells: !tellsWhere })}
          />
          {t('youTellsWhere')}
        </label>
      </div>
    </div>
  )
}
