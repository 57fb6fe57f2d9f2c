// Panel: what is recorded about a request.
import type { HttpDetail } from '../../wire/operations.ts'
import { UNKNOWN } from '../format/figures.ts'
import { Field, Section } from './details.tsx'
import { usePanel } from './panel-context.ts'

export function HttpDetails({ http, resolution }: { http: HttpDetail; resolution: number }) {
  const { figures } = usePanel()
  const { method, url, status, bodyDuration, transferSize, endSource, match, endUnknown } = http
  return (
    <Section title="Request">
      <Field name="Method">{method}</Field>
      <Field name="URL">{url}</Field>
      <Field name="Status">{status ?? UNKNOWN}</Field>
      {bodyDuration !== undefined && <Field name="To end of body">{figures.duration(bodyDuration, resolution)}</Field>}
      <Field name="Transferred">{transferSize === undefined ? UNKNOWN : figures.bytes(transferSize)}</Field>
      {endSource && (
        <Field name="End known from">
          Resource Timing{match === 'inferred' ? ', one of several calls that could own the entry' : ''}
        </Field>
      )}
      {endUnknown !== undefined && <Field name="End">not known: {endUnknown}</Field>}
    </Section>
  )
}
