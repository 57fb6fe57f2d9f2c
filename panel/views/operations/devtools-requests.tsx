// Panel: the requests that only DevTools saw, such as documents, scripts, images and those of workers, in a table below
// the list that can be opened.
import { useSignal } from '@preact/signals'
import { UNKNOWN } from '../../../model/text/formatters.ts'
import type { NetworkRequest } from '../../../wire/network.ts'
import { usePanel } from '../../app/panel-context.ts'

/** Shows only the latest requests. The export contains all. */
const MAX_ROWS = 200

export function DevtoolsRequests() {
  const { store, formatters } = usePanel()
  const open = useSignal(false)
  store.version.value
  const { network } = store.session.value
  const count = network.unjoined
  if (count === 0) return null
  return (
    <details class="devtools-requests" onToggle={event => (open.value = event.currentTarget.open)}>
      <summary>
        {formatters.count(count, 'other request')} (documents, scripts, images, workers)
        {open.value && count > MAX_ROWS ? ` · latest ${formatters.count(MAX_ROWS)}` : ''}
      </summary>
      {open.value && <RequestTable requests={network.unjoinedRequests().slice(-MAX_ROWS)} />}
    </details>
  )
}

function RequestTable({ requests }: { requests: NetworkRequest[] }) {
  const { store, formatters } = usePanel()
  const { first } = store.session.value
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="devtools-requests-scroller" tabIndex={0} aria-label="Other requests">
      <table>
        <thead>
          <tr>
            <th scope="col">Request</th>
            <th scope="col">Type</th>
            <th scope="col">Status</th>
            <th scope="col">Start</th>
            <th scope="col">Duration</th>
          </tr>
        </thead>
        <tbody>
          {requests.map(({ method, url, type, status, error, startTime, duration }, i) => (
            // Requests have no id, and two may be equal in everything.
            <tr key={i}>
              <td title={url}>{`${method} ${url}`}</td>
              <td>{type}</td>
              <td>{error ?? (status || UNKNOWN)}</td>
              <td>{formatters.moment(startTime - first)}</td>
              <td>{formatters.duration(duration, 1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
