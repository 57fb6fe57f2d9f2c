// Panel: the message that is shown instead of an empty list: why it is empty, and what to do next.
import type { ComponentChildren } from 'preact'
import { accessText } from '../../model/text/access-text.ts'
import { Action } from '../kit/buttons.tsx'
import { usePanel } from './panel-context.ts'

/** @param ofFilter whether the filter decides what the view shows. */
export function Notice({ ofFilter }: { ofFilter: boolean }) {
  const { store, view, filter, reloadPage, page } = usePanel()
  const access = page.access.value
  const { from, to } = view.rows.value
  const { operations, documents } = store.session.value
  const reload = <Action onClick={reloadPage}>Reload page</Action>
  if (to > from || (!ofFilter && view.filter.value && operations.order.length > 0)) return null
  switch (store.connection.value) {
    case 'loading':
      return <Message title="Loading session…" />
    case 'none':
      return (
        <Message title="No session for this tab">
          <p>Close and reopen DevTools to start one.</p>
        </Message>
      )
    // Another session is shown at once: the reason stands under the toolbar.
    case 'failed':
    case 'disconnected':
      return null
    case 'ready':
      break
  }
  if (operations.order.length > 0 && view.filter.value) {
    return (
      <Message title="No matching operations">
        {view.span.value && <p>Zoomed in: double-click a chart to search the whole session.</p>}
        <Action onClick={filter.clear}>Clear filter</Action>
      </Message>
    )
  }
  if (operations.order.length > 0) {
    return (
      <Message title="No operations in this time range">
        <Action
          onClick={() => {
            view.zoom.value = null
          }}
        >
          Show whole session
        </Action>
      </Message>
    )
  }
  if (store.readOnly.value) return <Message title="No operations in this session" />
  if (!store.recording.value) {
    return (
      <Message title="Recording is paused">
        <p>Resume recording, then use the page.</p>
        <Action onClick={() => store.setRecording(true)}>Resume</Action>
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
  // After Clear the session has no document yet, but the page is being recorded.
  if (documents.all.length === 0 && store.info.value?.topDocument === undefined) {
    return (
      <Message title="Nothing recorded yet">
        <p>Reload the page to record it from the start.</p>
        {reload}
      </Message>
    )
  }
  return (
    <Message title="Recording operations">
      <p>Interact with or reload the page to see requests and tracked operations.</p>
      {reload}
    </Message>
  )
}

export function AllowSite({ host, request }: { host: string; request: () => void }) {
  return <Action onClick={request}>Allow access to {host}</Action>
}

function Message({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    // The key gives each message its own buttons: a focused button must not turn into one that does something else.
    <div key={title} class="notice">
      <h2>{title}</h2>
      {children}
    </div>
  )
}
