// Panel: what is recorded about a request.
import type { RequestPhases } from '../../wire/network.ts'
import type { HttpDetail } from '../../wire/operations.ts'
import { UNKNOWN } from '../format/figures.ts'
import { usePanel } from './panel-context.ts'
import { Field, Section } from './section.tsx'

const PHASE_NAMES: Record<keyof RequestPhases, string> = {
  redirect: 'Redirects',
  queued: 'Queued',
  dns: 'DNS',
  connect: 'Connecting',
  tls: 'of which TLS',
  send: 'Sending',
  wait: 'Waiting',
  receive: 'Receiving',
}
const PHASES = Object.keys(PHASE_NAMES) as (keyof RequestPhases)[]

export function HttpDetails({ http, resolution }: { http: HttpDetail; resolution: number }) {
  const { figures } = usePanel()
  const { method, url, status, bodyDuration, encodedBodySize, decodedBodySize, devtools } = http
  const { fromCache, serviceWorker, endSource, match, endUnknown } = http
  // What the page's own timing does not tell, DevTools may have seen.
  const transferSize = http.transferSize ?? devtools?.transferSize
  const protocol = http.protocol ?? devtools?.protocol
  const phases = http.phases ?? devtools?.phases
  const stack = devtools?.initiator?.stack
  return (
    <Section title="Request">
      <Field name="Method">{method}</Field>
      <Field name="URL">{url}</Field>
      <Field name="Status">{status ?? UNKNOWN}</Field>
      {bodyDuration !== undefined && <Field name="To end of body">{figures.duration(bodyDuration, resolution)}</Field>}
      <Field name="Transferred">{transferSize === undefined ? UNKNOWN : figures.bytes(transferSize)}</Field>
      {encodedBodySize !== undefined && <Field name="Body">{figures.bytes(encodedBodySize)}</Field>}
      {decodedBodySize !== undefined && <Field name="Body, decoded">{figures.bytes(decodedBodySize)}</Field>}
      {protocol && <Field name="Protocol">{protocol}</Field>}
      {fromCache && <Field name="From">the HTTP cache</Field>}
      {serviceWorker && <Field name="Through">a service worker</Field>}
      {phases &&
        PHASES.map(phase => {
          const duration = phases[phase]
          if (duration === undefined) return null
          return (
            <Field key={phase} name={PHASE_NAMES[phase]}>
              {figures.duration(duration, resolution)}
            </Field>
          )
        })}
      {endSource && (
        <Field name="End known from">
          {endSource === 'devtools' ? 'DevTools' : 'Resource Timing'}
          {match === 'inferred' ? ', one of several calls that could own the entry' : ''}
        </Field>
      )}
      {endUnknown !== undefined && <Field name="End">not known: {endUnknown}</Field>}
      {stack && stack.length > 0 && (
        <Field name="Called from">
          <pre class="stack">{stack.join('\n')}</pre>
        </Field>
      )}
    </Section>
  )
}
