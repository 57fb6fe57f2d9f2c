// Panel: what was recorded about a request or a connection: its fields, phases and call stack.

import { PHASE_NAMES, phaseSegments } from '../../../model/analysis/phase-segments.ts'
import { UNKNOWN } from '../../../model/text/formatters.ts'
import { requestFieldTexts, statusText } from '../../../model/text/request-field-text.ts'
import type { RequestPhases } from '../../../wire/network.ts'
import type { ConnectionDetail, HttpDetail, Kind } from '../../../wire/operations.ts'
import { usePanel } from '../../app/panel-context.ts'
import { Field, Section } from '../../kit/section.tsx'
import { Stack } from './stack.tsx'

export function HttpDetails({ http, resolution }: { http: HttpDetail; resolution: number }) {
  const { formatters } = usePanel()
  const { method, url, devtools, endSource, match } = http
  // DevTools may know what Resource Timing does not report to the page.
  const transferSize = http.transferSize ?? devtools?.transferSize
  const sizeSource = devtools?.transferSize === undefined ? 'Resource Timing' : 'DevTools'
  const protocol = http.protocol ?? devtools?.protocol
  // DevTools' stack includes the frames before an `await`.
  const stack = devtools?.initiator?.stack ?? http.stack
  return (
    <>
      <Section title="Request">
        <Field name="Method">{method}</Field>
        <Field name="URL">{url}</Field>
        <Field name="Status">{statusText(http)}</Field>
        <Field name="Transferred">
          {transferSize === undefined ? UNKNOWN : `${formatters.bytes(transferSize)} (${sizeSource})`}
        </Field>
        {protocol && <Field name="Protocol">{protocol}</Field>}
        {requestFieldTexts(http, formatters, resolution).map(({ label, text }) => (
          <Field key={label} name={label}>
            {text}
          </Field>
        ))}
        {endSource && (
          <Field name="Timing source">
            {endSource === 'devtools' ? 'DevTools' : 'Resource Timing'}
            {match === 'inferred' ? ' (matched by best guess)' : ''}
          </Field>
        )}
      </Section>
      {stack && stack.length > 0 && (
        <Section title="Initiator">
          <Stack text={stack.join('\n')} />
        </Section>
      )}
    </>
  )
}

interface ConnectionDetailsProps {
  kind: Kind
  connection: ConnectionDetail
  resolution: number
}

export function ConnectionDetails({ kind, connection, resolution }: ConnectionDetailsProps) {
  const { formatters } = usePanel()
  const { url, openDuration, messagesIn, bytesIn, messagesOut, bytesOut, closeCode, closeReason, match } = connection
  return (
    <Section title="Connection">
      <Field name="URL">{url}</Field>
      <Field name="Opened after">
        {openDuration === undefined ? UNKNOWN : formatters.duration(openDuration, resolution)}
      </Field>
      <Field name="Received">
        {formatters.count(messagesIn, 'message')}, {formatters.bytes(bytesIn)}
      </Field>
      {kind === 'websocket' && (
        <Field name="Sent">
          {formatters.count(messagesOut, 'message')}, {formatters.bytes(bytesOut)}
        </Field>
      )}
      {closeCode !== undefined && <Field name="Close code">{closeCode}</Field>}
      {closeReason !== undefined && <Field name="Close reason">{closeReason}</Field>}
      {match === 'inferred' && <Field name="Timing source">DevTools (matched by best guess)</Field>}
    </Section>
  )
}

interface PhaseBarProps {
  phases: RequestPhases
  /** The API that reported them. */
  source: string
  resolution: number
}

export function PhaseBar({ phases, source, resolution }: PhaseBarProps) {
  const { formatters } = usePanel()
  const segments = phaseSegments(phases)
  const total = segments.at(-1)?.to ?? 0
  if (total === 0) return null
  return (
    <Section title="Phases">
      <div class="phase-bar" aria-hidden="true">
        {segments.map(({ phase, from, to }) => (
          <i key={phase} class={`segment ${phase}`} style={{ flexGrow: to - from }} />
        ))}
      </div>
      {segments.map(({ phase, from, to }) => (
        <div key={phase} class="field phase">
          <span class="field-name">
            <i class={`sign segment ${phase}`} />
            {PHASE_NAMES[phase]}
          </span>
          <span class="field-value">
            {formatters.duration(to - from, resolution)} <small>{formatters.percent((to - from) / total)}</small>
          </span>
        </div>
      ))}
      <p class="source-note">Source: {source}</p>
    </Section>
  )
}
