/** One line of the chat, by its kind; signs under it, and what can be done to it unfolded below. */
import { useState } from 'preact/hooks'
import type { ChatLine } from '../../core/room/chat-line'
import { outranks } from '../../core/room/role'
import { ActButton } from '../../look/act-button'
import type { RoomView } from '../../messages/background-to-popup'
import type { AddressedView } from '../../messages/room-parts'
import { language, t } from '../../platform/i18n'
import { useAsk } from '../ask'
import { can, may, ownRole, personOf } from '../rights'
import { noticeSentence, piecesOf } from './chat-words'
import { SIGNS } from './signs'

type LineProps = { line: ChatLine; room: RoomView; mayChat: boolean }

export function Line({ line, room, mayChat }: LineProps) {
  const [open, setOpen] = useState(false)
  if (line.kind === 'system') return <SystemLine line={line} room={room} />
  const author = personOf(room, line.memberId)
  const name = author?.name ?? line.content.name ?? ''
  const forSelf = line.mentions.includes(room.selfId)
  const mayReact = mayChat && can(room, 'react')
  const hasActs = !line.deleted && (mayReact || mayDelete(room, line))
  return (
    <div class={forSelf ? 'line for-self' : 'line'} data-testid="line" data-kind={line.kind}>
      <div class="side">
        <p class="grow">
          {line.kind !== 'emote' && (
            <strong>
              {name}
              {line.kind === 'bot' && <span class="soft"> {t('bot')}</span>}{' '}
            </strong>
          )}
          {line.deleted ? (
            <em class="soft">{t('lineDeleted')}</em>
          ) : line.kind === 'emote' ? (
            <em>
              {name} <Words line={line} room={room} />
            </em>
          ) : (
            <Words line={line} room={room} />
          )}
        </p>
        <Time atMs={line.atMs} room={room} />
        {hasActs && (
          <ActButton
            name="line-more"
            icon="more"
            words={t('moreForLine', name)}
            expanded={open}
            onClick={() => setOpen(!open)}
          />
        )}
      </div>
      {line.reactions.length > 0 && <Reactions line={line} room={room} mayReact={mayReact} />}
      {open && hasActs && <LineActs line={line} room={room} mayReact={mayReact} done={() => setOpen(false)} />}
    </div>
  )
}

function Words({ line, room }: { line: ChatLine; room: RoomView }) {
  const meant = line.mentions.flatMap((id) => personOf(room, id) ?? [])
  return (
    <>
      {piecesOf(line.content.text, meant).map(({ text, mention }, index) =>
        mention ? (
          <mark key={index} class={mention === 'self' ? 'mention self' : 'mention'}>
            {text}
          </mark>
        ) : (
          text
        ),
      )}
    </>
  )
}

function SystemLine({ line, room }: { line: ChatLine; room: RoomView }) {
  const { notice, text } = line.content
  const sentence = notice ? t(...noticeSentence(notice)) : text
  return (
    <div class="line system" data-testid="line" data-kind="system">
      <div class="side">
        <p class="soft grow">{notice?.reason ? t('withReason', sentence, notice.reason) : sentence}</p>
        <Time atMs={line.atMs} room={room} />
      </div>
    </div>
  )
}

/** For some only, so it says for whom. */
export function Addressed({ line, room }: { line: AddressedView; room: RoomView }) {
  const from = personOf(room, line.from)?.name ?? ''
  const to = line.to === 'moderators' ? t('toModerators') : (personOf(room, line.to)?.name ?? '')
  return (
    <div class="line addressed" data-testid="line" data-kind="addressed">
      <div class="side">
        <p class="grow">
          <strong>{t('fromTo', from, to)}</strong> {line.text}
        </p>
        <Time atMs={line.atMs} room={room} />
      </div>
    </div>
  )
}

function Time({ atMs, room }: { atMs: number; room: RoomView }) {
  const at = new Date(Math.max(0, atMs - room.offsetMs))
  return (
    <time class="soft figures" dateTime={at.toISOString()}>
      {new Intl.DateTimeFormat(language(), { hour: '2-digit', minute: '2-digit' }).format(at)}
    </time>
  )
}

type ReactProps = Omit<LineProps, 'mayChat'> & { mayReact: boolean }

function Reactions({ line, room, mayReact }: ReactProps) {
  const ask = useAsk()
  return (
    <div class="side wrap signs">
      {line.reactions.map(({ emoji, by }) => {
        const isOn = by.includes(room.selfId)
        return (
          <button
            key={emoji}
            type="button"
            class="small sign"
            data-testid="line-sign"
            aria-pressed={isOn}
            disabled={!mayReact}
            onClick={() => ask({ type: 'react', lineId: line.id, emoji, on: !isOn })}
          >
            {emoji} <span class="figures">{by.length}</span>
          </button>
        )
      })}
    </div>
  )
}

function LineActs({ line, room, mayReact, done }: ReactProps & { done: () => void }) {
  const ask = useAsk()
  const react = (emoji: string) => {
    ask({ type: 'react', lineId: line.id, emoji, on: true })
    done()
  }
  return (
    <div class="side wrap signs">
      {mayReact &&
        SIGNS.map((emoji) => (
          <button
            key={emoji}
            type="button"
            class="small sign"
            data-testid="react"
            aria-label={t('reactWith', emoji)}
            onClick={() => react(emoji)}
          >
            {emoji}
          </button>
        ))}
      {mayDelete(room, line) && (
        <button
          type="button"
          class="small"
          data-testid="delete-line"
          onClick={() => ask({ type: 'delete-line', lineId: line.id })}
        >
          {t('deleteLine')}
        </button>
      )}
    </div>
  )
}

/** One's own, or of whoever stands below, or of who is gone. */
function mayDelete(room: RoomView, { memberId }: ChatLine): boolean {
  if (!can(room, 'delete-line')) return false
  if (memberId === room.selfId) return true
  const author = personOf(room, memberId)
  return may(room, 'delete-chat') && (!author || outranks(ownRole(room), author.role))
}
