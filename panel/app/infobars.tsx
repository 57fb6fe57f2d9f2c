// Panel: the infobars below the toolbar: messages about the whole tab, and progress.
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { accessText } from '../../model/text/access-text.ts'
import { originText } from '../../model/text/origin-text.ts'
import { Action, CloseButton } from '../kit/buttons.tsx'
import { EvidenceBar } from '../views/insights/evidence.tsx'
import { AllowSite } from './notice.tsx'
import { usePanel } from './panel-context.ts'

export function Infobars() {
  const { store, exporter, dialog } = usePanel()
  return (
    <div class="infobars">
      {store.live.connection.value === 'disconnected' && (
        <p class="infobar" role="alert">
          Recording stopped: the extension was updated or reloaded. Reload Perf, or close and reopen DevTools.{' '}
          <Action onClick={() => location.reload()}>Reload Perf</Action>
        </p>
      )}
      <ReadOnly />
      <EvidenceBar />
      <CrashedPage />
      <LostStorage />
      <ClosedPage />
      <EarlierRequests />
      {store.full.value && (
        <p class="infobar" role="alert">
          The browser has no space left, so new data isn’t stored. Delete stored sessions, or free up disk space.
        </p>
      )}
      {store.info.value?.limitReached && !store.readOnly.value && (
        <p class="infobar" role="alert">
          Recording stopped: this session has reached its storage limit. Clear it to continue, or raise the storage
          limit in Settings and resume recording.
        </p>
      )}
      {store.live.unreadable.value && (
        <p class="infobar" role="alert">
          Couldn’t read the session: {store.live.unreadable.value}. Retrying…
        </p>
      )}
      {store.live.refused.value && (
        <p class="infobar" role="alert">
          {store.live.refused.value}
        </p>
      )}
      {/* The settings dialog shows it itself: while a modal dialog is open, screen readers ignore everything else. */}
      {dialog.value !== 'settings' && <SettingsProblem />}
      {exporter.problem.value && (
        <p class="infobar" role="alert">
          {exporter.problem.value}
        </p>
      )}
      {store.problems.value.map(problem => (
        <p key={problem} class="infobar closable" role="alert">
          <span>{problem}</span>
          <CloseButton label="Dismiss" title="Dismiss" onClick={() => store.dismiss(problem)} />
        </p>
      ))}
      <Progress
        what="Loading session"
        share={store.progress.value}
        onCancel={store.readOnly.value ? () => store.close(store.shown.peek()) : undefined}
      />
      {store.opening.value.map(file => (
        <Progress
          key={file.key}
          what={`Opening ${file.name}`}
          share={file.progress.value}
          onCancel={() => store.close(file)}
        />
      ))}
      <Progress what="Exporting session" share={exporter.progress.value} onCancel={exporter.cancel} />
    </div>
  )
}

export function SettingsProblem() {
  const problem = usePanel().settings.problem.value
  if (!problem) return null
  return (
    <p class="infobar" role="alert">
      Couldn’t save settings: {problem}
    </p>
  )
}

/** Which session is shown instead of the live one, and the way back. */
function ReadOnly() {
  const { store, formatters } = usePanel()
  if (!store.readOnly.value || store.connection.value !== 'ready') return null
  const { origin } = store.session.value
  return (
    <p class="infobar quiet">
      <span class="session-label">
        <b>{store.shown.value.name}</b> · recorded {formatters.date(store.session.value.createdAt)} · read-only
        {origin && ` · ${originText(origin)}`}
      </span>
      <Action onClick={() => store.show(store.live)}>Show live session</Action>
    </p>
  )
}

function CrashedPage() {
  const { store, reloadPage } = usePanel()
  store.version.value
  if (!store.session.value.crashed || store.readOnly.value) return null
  return (
    <p class="infobar" role="alert">
      The page crashed, and its last moments may be lost. Reload the page to continue.{' '}
      <Action onClick={reloadPage}>Reload page</Action>
    </p>
  )
}

function LostStorage() {
  const { store } = usePanel()
  store.version.value
  if (!store.session.value.storageLost || store.readOnly.value) return null
  return (
    <p class="infobar" role="alert">
      The browser lost the stored session of this tab. Recording continues in a new session.
    </p>
  )
}

/** DevTools was opened on a page that had made requests. */
function EarlierRequests() {
  const { store, formatters, reloadPage } = usePanel()
  store.version.value
  const count = store.session.value.earlierRequests
  if (count === 0 || store.readOnly.value) return null
  return (
    <p class="infobar quiet" role="status">
      {formatters.count(count, 'request')} began before Perf was open. Their methods are unknown, and requests that are
      still running appear when they end. Reload the page to record it from its start.{' '}
      <Action onClick={reloadPage}>Reload page</Action>
    </p>
  )
}

/** The current page cannot be recorded. The list shows what was recorded before. */
function ClosedPage() {
  const { store, page } = usePanel()
  store.version.value
  const access = page.access.value
  if (access.open || store.readOnly.value || store.session.value.operations.order.length === 0) return null
  const { title, advice } = accessText(access.reason, access.said)
  return (
    <p class="infobar quiet" role="status">
      {title}. {advice} {page.withheld.value && <AllowSite {...page.withheld.value} />}
    </p>
  )
}

/** Milliseconds: progress of shorter work is not shown. */
const PROGRESS_DELAY = 200

interface ProgressProps {
  what: string
  share: number
  /** Undefined if the work cannot be cancelled. */
  onCancel: (() => void) | undefined
}

function Progress({ share, ...props }: Omit<ProgressProps, 'share'> & { share: number | null }) {
  return share === null ? null : <LateProgress share={share} {...props} />
}

function LateProgress({ what, share, onCancel }: ProgressProps) {
  const { formatters } = usePanel()
  const shown = useSignal(false)
  useEffect(() => {
    const timer = setTimeout(() => {
      shown.value = true
    }, PROGRESS_DELAY)
    return () => clearTimeout(timer)
  }, [shown])
  if (!shown.value) return null
  return (
    <div class="infobar progress">
      <label>
        {what}… <progress value={share} /> {formatters.percent(Math.floor(share * 100) / 100)}
      </label>
      {onCancel && <Action onClick={onCancel}>Cancel</Action>}
    </div>
  )
}
