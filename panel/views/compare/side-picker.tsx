// Panel: chooses the sessions of one side of a comparison: open ones, stored ones, files, and parts of the one that is shown.
import { useRef } from 'preact/hooks'
import { usePanel } from '../../app/panel-context.ts'
import { useStoredSessions } from '../../app/stored-sessions.ts'
import type { OpenSession } from '../../app/stores/open-session.ts'
import { nameOfStored } from '../../app/stores/stored-session.ts'
import { Icon } from '../../kit/icon.tsx'
import { PopupButton } from '../../kit/popup-button.tsx'
import type { Chosen, Side } from './compare-store.ts'

/** Navigations that are offered, the latest ones: a longer list is not read. */
const MAX_MOMENTS = 8
/** Milliseconds: spans include both ends, and no clock is finer. */
const JUST_BEFORE = 0.001
const TITLES: Record<Side, string> = { before: 'Baseline', after: 'New' }

export function SidePicker({ side }: { side: Side }) {
  const { store, compare, formatters } = usePanel()
  const { sessions: stored, problem, load } = useStoredSessions()
  const input = useRef<HTMLInputElement>(null)
  const chosen = compare[side].value

  const option = (item: Chosen, note: string) => (
    <Option
      key={item.key}
      checked={chosen.some(({ key }) => key === item.key)}
      name={item.name}
      note={note}
      onChange={() => compare.toggle(side, item)}
    />
  )
  const whole = (session: OpenSession) =>
    option(
      { key: session.key, name: session.name, session, span: null },
      formatters.count(session.session.value.operations.order.length, 'operation'),
    )
  const title = TITLES[side]
  const text = chosen.length === 0 ? 'choose…' : chosen.length === 1 ? chosen[0]?.name : `${chosen.length} runs`
  return (
    <PopupButton
      title={`Choose the sessions of this side: ${chosen.map(({ name }) => name).join(', ') || 'none yet'}`}
      class="tool labelled picker"
      onOpen={load}
      button={
        <>
          <span class="picker-name">
            {title}: {text}
          </span>
          <Icon name="open" />
        </>
      }
    >
      <fieldset class="side-options">
        <legend>{title}: each session is a run</legend>
        {whole(store.live)}
        {momentsOf(store.shown.value, side).map(({ time, ...item }) => option(item, formatters.instant(time)))}
        {store.files.value.map(whole)}
        {stored.value.map(session => (
          <Option
            key={session.id}
            checked={chosen.some(({ key }) => key === session.id)}
            name={nameOfStored(session)}
            note={`${formatters.date(session.createdAt)} · ${formatters.count(session.operations, 'operation')}`}
            onChange={() => compare.toggleStored(side, session)}
          />
        ))}
      </fieldset>
      {problem.value && <p role="alert">{problem.value}</p>}
      <button type="button" class="menu-item" onClick={() => input.current?.click()}>
        Choose files…
      </button>
      <input
        ref={input}
        type="file"
        accept=".json,.gz,application/json,application/gzip"
        multiple
        hidden
        aria-label={`${title} files`}
        onChange={event => {
          for (const file of event.currentTarget.files ?? []) compare.openFile(side, file)
          // So that the same file can be chosen again.
          event.currentTarget.value = ''
        }}
      />
    </PopupButton>
  )
}

interface OptionProps {
  checked: boolean
  name: string
  note: string
  onChange(): void
}

function Option({ checked, name, note, onChange }: OptionProps) {
  return (
    <label class="side-option">
      <input type="checkbox" checked={checked} onChange={onChange} />
      <span>{name}</span>
      <small>{note}</small>
    </label>
  )
}

/** What came before a navigation, or from it on. */
function momentsOf(session: OpenSession, side: Side): (Chosen & { time: number })[] {
  const { marks, first } = session.session.value
  return marks
    .filter(({ time }) => time > first)
    .slice(-MAX_MOMENTS)
    .map(({ time, url }) => {
      const isBefore = side === 'before'
      const span = isBefore
        ? { from: Number.NEGATIVE_INFINITY, to: time - JUST_BEFORE }
        : { from: time, to: Number.POSITIVE_INFINITY }
      const name = `${session.name}, ${isBefore ? 'before' : 'since'} navigation to ${pathOf(url)}`
      return { key: `${session.key} ${side} ${time}`, name, session, span, time }
    })
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url
}
