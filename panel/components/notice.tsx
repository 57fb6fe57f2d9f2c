// Panel: what is said in the place of the list while there is nothing to list.
import type { ComponentChildren } from 'preact'
import { accessText } from '../format/access-text.ts'
import { usePanel } from './panel-context.ts'

export function Notice() {
  const { store, view, filter, reloadPage, page } = usePanel()
  const access = page.access.value
  const { from, to } = view.rows.value
  const { operations, documents } = store.session.value
  const reload = (
    <button type="button" class="action" onClick={reloadPage}>
      Reload page
    </button>
  )
  if (to > from) return null
  switch (store.connection.value) {
    case 'loading':
      return <Message title="Opening the session…" />
    case 'none':
      return (
        <Message title="No session for this tab">
          <p>Close DevTools and open it again to start one.</p>
        </Message>
      )
    case 'failed':
      return (
        <Message title="This session cannot be opened">
          <p role="alert">{store.problem.value}</p>
          <button type="button" class="action" onClick={() => store.close(store.shown.peek())}>
            Show the live session
          </button>
        </Message>
      )
    case 'disconnected':
      return null
    case 'ready':
      break
  }
  if (operations.length > 0 && view.filter.value) {
    return (
      <Message title="No operation matches the filter">
        <p>{view.span.value ? 'The charts are zoomed as well: double-click one to look in the whole session.' : ''}</p>
        <button
          type="button"
          class="action"
          onClick={() => {
            filter.text.value = ''
          }}
        >
          Clear filter
        </button>
      </Message>
    )
  }
  if (operations.length > 0) {
    return (
      <Message title="No operation in this span of time">
        <button
          type="button"
          class="action"
          onClick={() => {
            view.zoom.value = null
          }}
        >
          Show the whole session
        </button>
      </Message>
    )
  }
  if (store.readOnly.value) return <Message title="No operation was recorded in this session" />
  if (!store.recording.value) {
    return (
      <Message title="Recording is paused">
        <p>Go on with it, then use the page.</p>
        <button type="button" class="action" onClick={() => store.setRecording(true)}>
          Resume
        </button>
      </Message>
    )
  }
  if (!access.open) {
    const { title, advice } = accessText(access.reason, access.said)
    return (
      <Message title={title}>
        <p>{advice}</p>
        {page.withheld.value && <AllowSite {...page.withheld.value} />}
        {access.reason === 'error' && reload}
      </Message>
    )
  }
  if (documents.all.length === 0) {
    return (
      <Message title="Nothing recorded yet">
        <p>Reload the page to record it from its start.</p>
        {reload}
      </Message>
    )
  }
  return (
    <Message title="Recording operations">
      <p>Use the page, or reload it: each request and each tracked operation appears here.</p>
      {reload}
    </Message>
  )
}

export function AllowSite({ host, request }: { host: string; request: () => void }) {
  return (
    <button type="button" class="action" onClick={request}>
      Allow access to {host}
    </button>
  )
}

function Message({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="notice">
      <h2>{title}</h2>
      {children}
    </div>
  )
}
