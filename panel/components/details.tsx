// Panel: all that is recorded about the selected operation.
import { phasesOf } from '../analysis/phase-segments.ts'
import { operationRow } from '../export/session-source.ts'
import { UNKNOWN } from '../format/figures.ts'
import { durationText } from '../list/operation-columns.ts'
import { endText } from '../list/outcome-text.ts'
import { CloseButton } from './close-button.tsx'
import { ConnectionDetails } from './connection-details.tsx'
import { CopyMenu } from './copy-menu.tsx'
import { DataTree } from './data-tree.tsx'
import { DetailsEdge } from './details-edge.tsx'
import { HttpDetails } from './http-details.tsx'
import { usePanel } from './panel-context.ts'
import { PhaseBar } from './phase-bar.tsx'
import { createRelatives, RelativesSection } from './relatives-section.tsx'
import { createDistribution, SameName } from './same-name.tsx'
import { Field, Section } from './section.tsx'
import { Stack } from './stack.tsx'
import { useFocusHeir } from './use-focus-heir.ts'
import { useSliced } from './use-sliced.ts'

export function Details() {
  const row = usePanel().view.selected.value
  return row === null ? null : <DetailsOf row={row} />
}

function DetailsOf({ row }: { row: number }) {
  const parts = usePanel()
  const { store, view, figures, tables } = parts
  const share = tables.detailsShare.value
  const element = useFocusHeir<HTMLElement>()
  const relatives = useSliced(() => createRelatives(parts), [parts])
  const sameName = useSliced(() => createDistribution(parts), [parts])
  store.version.value
  const session = store.session.value
  const operation = operationRow(session, row)
  const document = session.documents.get(session.operations.document.get(row))
  const { error, http, connection, metadata, outcome, endUnknown } = operation
  const resolution = document?.clockResolution ?? 0
  const known = phasesOf(http)
  const unknownEnd = endUnknown === undefined ? UNKNOWN : `not known: ${endUnknown}`
  return (
    <aside
      ref={element}
      class="details"
      aria-label="Details"
      aria-busy={relatives.working.value || sameName.working.value}
      style={share === null ? {} : { flexBasis: `${share * 100}%` }}
    >
      <DetailsEdge />
      <header>
        <h2 title={operation.operationName}>{operation.operationName}</h2>
        <CopyMenu key={operation.id} operation={operation} />
        <CloseButton
          label="Close details"
          title="Close"
          onClick={() => {
            view.selected.value = null
          }}
        />
      </header>
      <div class="scroll">
        <Section title="Operation">
          <Field name="Outcome">
            <span class="outcome" data-outcome={outcome}>
              {endText(session, row)}
            </span>
          </Field>
          <Field name="Kind">{operation.kind}</Field>
          <Field name="Duration">{durationText(session, row, figures)}</Field>
          <Field name="Started">
            {figures.moment(operation.startTime - session.first)} ({figures.instant(operation.startTime)})
          </Field>
          <Field name="Ended">
            {operation.endTime === undefined
              ? unknownEnd
              : `${figures.moment(operation.endTime - session.first)} (${figures.instant(operation.endTime)})`}
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
        {connection && <ConnectionDetails kind={operation.kind} connection={connection} resolution={resolution} />}
        {metadata !== undefined && (
          <Section title="Metadata">
            <DataTree value={metadata} />
          </Section>
        )}
        <RelativesSection parentId={operation.parentId} relatives={relatives.result.value} />
        <SameName row={row} found={sameName.result.value} />
        <Section title="Document">
          <Field name="URL">{document?.url ?? UNKNOWN}</Field>
          <Field name="Frame">{operation.frameId === 0 ? 'top frame' : `frame ${operation.frameId}`}</Field>
          <Field name="Clock step">{document ? `${document.clockResolution} ms` : UNKNOWN}</Field>
        </Section>
      </div>
    </aside>
  )
}
