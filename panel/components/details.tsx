// Panel: all that is recorded about the selected operation.
import { phasesOf } from '../analysis/phase-segments.ts'
import { operationRow } from '../export/session-source.ts'
import { UNKNOWN } from '../format/figures.ts'
import { durationText } from '../list/operation-columns.ts'
import { outcomeText } from '../list/outcome-text.ts'
import { ConnectionDetails } from './connection-details.tsx'
import { CopyMenu } from './copy-menu.tsx'
import { DataTree } from './data-tree.tsx'
import { HttpDetails } from './http-details.tsx'
import { Icon } from './icon.tsx'
import { usePanel } from './panel-context.ts'
import { PhaseBar } from './phase-bar.tsx'
import { RelativesSection } from './relatives-section.tsx'
import { SameName } from './same-name.tsx'
import { Field, Section } from './section.tsx'
import { Stack } from './stack.tsx'

export function Details() {
  const { store, view, figures } = usePanel()
  store.version.value
  const row = view.selected.value
  if (row === null) return null
  const session = store.session.value
  const operation = operationRow(session, row)
  const document = session.documents.get(session.operations.document.get(row))
  const { error, http, connection, metadata, outcome } = operation
  const resolution = document?.clockResolution ?? 0
  const known = phasesOf(http)
  return (
    <aside class="details" aria-label="Details">
      <header>
        <h2 title={operation.operationName}>{operation.operationName}</h2>
        <CopyMenu key={operation.id} operation={operation} />
        <button
          type="button"
          class="tool"
          aria-label="Close details"
          title="Close"
          onClick={() => {
            view.selected.value = null
          }}
        >
          <Icon name="close" />
        </button>
      </header>
      <div class="scroll">
        <Section title="Operation">
          <Field name="Outcome">
            <span class="outcome" data-outcome={outcome}>
              {outcomeText(outcome)}
            </span>
          </Field>
          <Field name="Kind">{operation.kind}</Field>
          <Field name="Duration">{durationText(session, row, figures)}</Field>
          <Field name="Started">
            {figures.moment(operation.startTime - session.first)} ({figures.date(operation.startTime)})
          </Field>
          <Field name="Ended">
            {operation.endTime === undefined ? UNKNOWN : figures.moment(operation.endTime - session.first)}
          </Field>
          <Field name="Id">{operation.id}</Field>
        </Section>
        {error && (
          <Section title="Error">
            <Field name={error.name}>{error.message}</Field>
            {error.stack && <Stack text={error.stack} />}
          </Section>
        )}
        {known && <PhaseBar phases={known.phases} by={known.by} resolution={resolution} />}
        {http && <HttpDetails http={http} resolution={resolution} />}
        {connection && <ConnectionDetails connection={connection} resolution={resolution} />}
        {metadata !== undefined && (
          <Section title="Metadata">
            <DataTree value={metadata} />
          </Section>
        )}
        <RelativesSection parentId={operation.parentId} />
        <SameName row={row} />
        <Section title="Document">
          <Field name="URL">{document?.url ?? UNKNOWN}</Field>
          <Field name="Frame">{operation.frameId === 0 ? 'top frame' : `frame ${operation.frameId}`}</Field>
          <Field name="Clock step">{document ? `${document.clockResolution} ms` : UNKNOWN}</Field>
        </Section>
      </div>
    </aside>
  )
}
