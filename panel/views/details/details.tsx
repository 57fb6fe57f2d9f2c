// Panel: everything that was recorded about the selected operation.
import { phasesOf } from '../../../model/analysis/phase-segments.ts'
import { listedRow, operationRow } from '../../../model/formats/session/session-source.ts'
import type { Row } from '../../../model/numbers.ts'
import { UNKNOWN } from '../../../model/text/formatters.ts'
import { durationText, outcomeText } from '../../../model/text/outcome-text.ts'
import { endReasonText, errorMessage } from '../../../model/text/reason-text.ts'
import { usePanel } from '../../app/panel-context.ts'
import { CloseButton } from '../../kit/buttons.tsx'
import { Edge } from '../../kit/edge.tsx'
import { useFocusRestore } from '../../kit/focus.ts'
import { Field, Section } from '../../kit/section.tsx'
import { useSliced } from '../../kit/sliced-result.ts'
import { CopyMenu } from './copy-menu.tsx'
import { DataTree } from './data-tree.tsx'
import { createDistribution, createRelatives, RelativesSection, SimilarOperations } from './related-operations.tsx'
import { ConnectionDetails, HttpDetails, PhaseBar } from './request-details.tsx'
import { Stack } from './stack.tsx'

export function Details() {
  const row = usePanel().view.selected.value
  return row === null ? null : <DetailsOf row={row} />
}

/** Of the room for the list and the details: beside the list, or below it. */
function shareOfDetails(edge: HTMLElement, x: number, y: number): number {
  const split = edge.closest('.split')
  if (!split) return 0
  const { right, bottom, width, height } = split.getBoundingClientRect()
  return getComputedStyle(split).flexDirection === 'column' ? (bottom - y) / height : (right - x) / width
}

function DetailsOf({ row }: { row: Row }) {
  const parts = usePanel()
  const { store, view, formatters, tables } = parts
  const share = tables.detailsShare.value
  const element = useFocusRestore<HTMLElement>()
  const relatives = useSliced(() => createRelatives(parts), [parts])
  const similar = useSliced(() => createDistribution(parts), [parts])
  store.version.value
  const session = store.session.value
  const operation = operationRow(session, row)
  const document = session.documents.get(session.operations.document.get(row))
  const { error, http, connection, metadata, outcome, endUnknown } = operation
  const resolution = document?.clockResolution ?? 0
  const phases = phasesOf(http)
  const unknownEnd = endUnknown === undefined ? UNKNOWN : `No end recorded. ${endReasonText(endUnknown)}.`
  return (
    <aside
      ref={element}
      class="details"
      aria-label="Details"
      aria-busy={relatives.working.value || similar.working.value}
      style={share === null ? {} : { flexBasis: `${share * 100}%` }}
    >
      <Edge class="details-edge" label="Resize details" share={tables.detailsShare} shareAt={shareOfDetails} />
      <header>
        <h2 title={operation.operationName}>{operation.operationName}</h2>
        <CopyMenu key={operation.id} copied={listedRow(session, row)} http={http} />
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
              {outcomeText(session, row)}
            </span>
          </Field>
          <Field name="Kind">{session.operations.kindTextOf(row)}</Field>
          <Field name="Duration">{durationText(session, row, formatters)}</Field>
          <Field name="Started">
            {formatters.moment(operation.startTime - session.first)} ({formatters.instant(operation.startTime)})
          </Field>
          <Field name="Ended">
            {operation.endTime === undefined
              ? unknownEnd
              : `${formatters.moment(operation.endTime - session.first)} (${formatters.instant(operation.endTime)})`}
          </Field>
          {document && <Field name="ID">{operation.id}</Field>}
        </Section>
        {error && (
          <Section title="Error">
            <Field name={error.name}>{errorMessage(error)}</Field>
            {error.stack && <Stack text={error.stack} />}
          </Section>
        )}
        {phases && <PhaseBar {...phases} resolution={resolution} />}
        {http && <HttpDetails http={http} resolution={resolution} />}
        {connection && <ConnectionDetails kind={operation.kind} connection={connection} resolution={resolution} />}
        {metadata !== undefined && (
          <Section title="Metadata">
            <DataTree value={metadata} />
          </Section>
        )}
        <RelativesSection parentId={operation.parentId} relatives={relatives.result.value} />
        <SimilarOperations row={row} distribution={similar.result.value} />
        {document && (
          <Section title="Document">
            <Field name="URL">{document.url}</Field>
            <Field name="Frame">{operation.frameId === 0 ? 'Top frame' : `Frame ${operation.frameId}`}</Field>
            <Field name="Timer resolution">{document.clockResolution} ms</Field>
          </Section>
        )}
      </div>
    </aside>
  )
}
