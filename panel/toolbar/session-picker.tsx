// Panel: the menu that chooses which session is shown: the live one, a stored one, or one from a file.
import type { ListedSession } from '../../wire/messages.ts'
import { usePanel } from '../app/panel-context.ts'
import { useStoredSessions } from '../app/stored-sessions.ts'
import type { OpenSession } from '../app/stores/open-session.ts'
import { nameOfStored } from '../app/stores/stored-session.ts'
import { CloseButton } from '../kit/buttons.tsx'
import { Icon } from '../kit/icon.tsx'
import { closePopup, PopupButton } from '../kit/popup-button.tsx'

export function SessionPicker() {
  const { store, settings, formatters, incognito } = usePanel()
  const { keepDays } = settings.settings.value
  const { sessions: stored, problem, load } = useStoredSessions()

  const remove = async (session: ListedSession): Promise<void> => {
    const failure = await store.remove(session.id).then(
      removed => (removed ? '' : 'in use in another tab'),
      (cause: Error) => cause.message,
    )
    await load()
    if (failure) problem.value = `Couldn’t delete: ${failure}`
  }

  const shown = store.shown.value
  return (
    <PopupButton
      title="Switch session"
      class="tool labelled picker"
      onOpen={load}
      button={
        <>
          <span class="picker-name">{shown.name}</span>
          <Icon name="open" />
        </>
      }
    >
      <section aria-label="Sessions">
        <ul class="sessions">
          <li class="session">
            <SessionButton
              current={shown === store.live}
              name="Live"
              note={store.recording.value ? 'Recording this tab' : 'Paused'}
              onClick={() => store.show(store.live)}
            />
          </li>
        </ul>
        {store.files.value.length > 0 && <h2>Imported files</h2>}
        <ul class="sessions">
          {store.files.value.map(file => (
            <FileRow key={file.key} file={file} />
          ))}
        </ul>
        <h2>Stored sessions</h2>
        {stored.value.length === 0 && !problem.value && (
          <p>
            None yet. Sessions from closed tabs are kept{' '}
            {incognito ? 'until you close all incognito windows' : `for ${formatters.count(keepDays, 'day')}`}.
          </p>
        )}
        <ul class="sessions">
          {stored.value.map(session => (
            <StoredRow key={session.id} session={session} onRemove={() => void remove(session)} />
          ))}
        </ul>
        {problem.value && <p role="alert">{problem.value}</p>}
      </section>
    </PopupButton>
  )
}

function StoredRow({ session, onRemove }: { session: ListedSession; onRemove: () => void }) {
  const { store, formatters } = usePanel()
  const { id, operations, bytes, createdAt, inUse } = session
  const name = nameOfStored(session)
  const note = [
    formatters.date(createdAt),
    formatters.count(operations, 'operation'),
    formatters.bytes(bytes),
    ...(inUse ? ['in use in another tab'] : []),
  ].join(' · ')
  return (
    <li class="session">
      <SessionButton
        current={store.shown.value.key === id}
        name={name}
        note={note}
        title={session.url}
        onClick={() => store.showStored(session)}
      />
      <button
        type="button"
        class="tool"
        aria-label={`Delete ${name}`}
        title="Delete"
        disabled={inUse}
        onClick={onRemove}
      >
        <Icon name="remove" />
      </button>
    </li>
  )
}

function FileRow({ file }: { file: OpenSession }) {
  const { store, formatters } = usePanel()
  const { createdAt, operations } = file.session.value
  const note = `${formatters.date(createdAt)} · ${formatters.count(operations.order.length, 'operation')}`
  return (
    <li class="session">
      <SessionButton
        current={store.shown.value === file}
        name={file.name}
        note={note}
        onClick={() => store.show(file)}
      />
      <CloseButton label={`Close ${file.name}`} title="Close" onClick={() => store.close(file)} />
    </li>
  )
}

interface SessionButtonProps {
  current: boolean
  name: string
  note: string
  title?: string
  onClick(): void
}

function SessionButton({ current, name, note, title, onClick }: SessionButtonProps) {
  return (
    <button
      type="button"
      class="session-button"
      aria-current={current}
      title={title}
      onClick={event => {
        onClick()
        closePopup(event)
      }}
    >
      <span class="session-name">{name}</span>
      <small>{note}</small>
    </button>
  )
}
