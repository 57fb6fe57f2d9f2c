// Panel: what is recorded about a connection that stays open.

import { UNKNOWN } from '../../../model/text/formatters.ts'
import type { ConnectionDetail, Kind } from '../../../wire/operations.ts'
import { usePanel } from '../../app/panel-context.ts'
import { Field, Section } from '../../kit/section.tsx'

interface ConnectionDetailsProps {
  kind: Kind
  connection: ConnectionDetail
  resolution: number
}

export function ConnectionDetails({ kind, connection, resolution }: ConnectionDetailsProps) {
  const { formatters } = usePanel()
  const { url, openDuration, messagesIn, bytesIn, messagesOut, bytesOut, closeCode } = connection
  return (
    <Section title="Connection">
      <Field name="URL">{url}</Field>
      <Field name="Opened after">
        {openDuration === undefined ? UNKNOWN : formatters.duration(openDuration, resolution)}
      </Field>
      <Field name="Received">
        {/* Of an event stream those with a name of their own can't be counted unseen by the page. */}
        {formatters.count(messagesIn, kind === 'eventsource' ? 'unnamed message' : 'message')},{' '}
        {formatters.bytes(bytesIn)}
      </Field>
      {kind === 'websocket' && (
        <Field name="Sent">
          {formatters.count(messagesOut, 'message')}, {formatters.bytes(bytesOut)}
        </Field>
      )}
      {closeCode !== undefined && <Field name="Close code">{closeCode}</Field>}
    </Section>
  )
}
