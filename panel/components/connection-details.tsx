// Panel: what is recorded about a connection that stays open.
import type { ConnectionDetail } from '../../wire/operations.ts'
import { UNKNOWN } from '../format/figures.ts'
import { usePanel } from './panel-context.ts'
import { Field, Section } from './section.tsx'

export function ConnectionDetails({ connection, resolution }: { connection: ConnectionDetail; resolution: number }) {
  const { figures } = usePanel()
  const { url, openDuration, messagesIn, bytesIn, messagesOut, bytesOut, closeCode } = connection
  return (
    <Section title="Connection">
      <Field name="URL">{url}</Field>
      <Field name="Opened after">
        {openDuration === undefined ? UNKNOWN : figures.duration(openDuration, resolution)}
      </Field>
      <Field name="Received">
        {figures.count(messagesIn, 'message')}, {figures.bytes(bytesIn)}
      </Field>
      <Field name="Sent">
        {figures.count(messagesOut, 'message')}, {figures.bytes(bytesOut)}
      </Field>
      {closeCode !== undefined && <Field name="Close code">{closeCode}</Field>}
    </Section>
  )
}
