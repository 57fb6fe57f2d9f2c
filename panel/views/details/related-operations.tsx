// Panel: the parent and the children of the selected operation, and how it compares with similar operations.

import { type Distribution, distribution, emptyDistribution } from '../../../model/analysis/distribution.ts'
import { nameIn } from '../../../model/analysis/group-rows.ts'
import { NO_RELATIVES, type Relatives, relatives } from '../../../model/analysis/relatives.ts'
import type { Row } from '../../../model/numbers.ts'
import { latency } from '../../../model/session/shown-duration.ts'
import { allocationSentence } from '../../../model/text/allocation-text.ts'
import { durationText } from '../../../model/text/outcome-text.ts'
import { type PanelParts, usePanel } from '../../app/panel-context.ts'
import { DistributionChart } from '../../kit/distribution-chart.tsx'
import { useFocusRestore } from '../../kit/focus.ts'
import { Field, Section } from '../../kit/section.tsx'
import { createSlicedResult, type SlicedResult } from '../../kit/sliced-result.ts'

interface RelativesSectionProps {
  parentId: string | undefined
  relatives: Relatives
}

export function RelativesSection({ parentId, relatives: { parent, children, childCount } }: RelativesSectionProps) {
  const parts = usePanel()
  if (parentId === undefined && childCount === 0) return null
  return (
    <Section title={childCount === 0 ? 'Parent' : parentId === undefined ? 'Children' : 'Parent and children'}>
      {parentId !== undefined && (
        <Field name="Parent">{parent === null ? `${parentId} (not recorded)` : <Relative row={parent} />}</Field>
      )}
      {children.map(child => (
        <Field key={child} name="Child">
          <Relative row={child} />
        </Field>
      ))}
      {childCount > children.length && (
        <Field name="">and {parts.formatters.count(childCount - children.length)} more</Field>
      )}
    </Section>
  )
}

function Relative({ row }: { row: Row }) {
  const { store, view, formatters } = usePanel()
  const session = store.session.value
  const button = useFocusRestore<HTMLButtonElement>()
  return (
    <>
      <button ref={button} type="button" class="link" onClick={() => (view.selected.value = row)}>
        {session.operations.nameOf(row)}
      </button>{' '}
      {durationText(session, row, formatters)}
    </>
  )
}

export function createRelatives({ store, view }: PanelParts): SlicedResult<Relatives> {
  return createSlicedResult({
    inputs: () => ({ session: store.session.value, row: view.selected.value }),
    version: store.version,
    work: ({ session, row }) => relatives(session.operations, row),
    initial: NO_RELATIVES,
  })
}

export function SimilarOperations({ row, distribution }: { row: Row; distribution: Distribution }) {
  const { store, view, formatters, allocations } = usePanel()
  const grouping = view.grouping.value
  const group = grouping.groupOf(row)
  const name = grouping.nameOf(group)
  const measured = allocations.result.value
  const allocation = measured.grouping === grouping ? measured.byGroup.get(group) : undefined
  const pending = store.session.value.operations.outcomeOf(row) === 'pending'
  const duration = latency(store.session.value, row)
  if (distribution.total < 2) return null
  return (
    <Section title="Similar operations">
      {!Number.isNaN(duration) && (
        <p class="similar-note">
          {pending ? 'Already slower' : 'Slower'} than {formatters.percent(distribution.faster / distribution.total)} of{' '}
          {formatters.count(distribution.total, 'similar operation')}
        </p>
      )}
      {allocation && (
        <p class="similar-note">
          {allocationSentence(
            allocation,
            allocation.together.map(other => nameIn(grouping, other)),
            formatters,
          )}
        </p>
      )}
      <DistributionChart distribution={distribution} label={name} marked={duration} />
    </Section>
  )
}

export function createDistribution({ store, view }: PanelParts): SlicedResult<Distribution> {
  return createSlicedResult({
    inputs() {
      const [grouping, reference] = [view.grouping.value, view.selected.value]
      return {
        session: store.session.value,
        matches: view.matches.value,
        zoom: view.span.value,
        group: reference === null ? null : { grouping, id: grouping.groupOf(reference) },
        reference,
      }
    },
    version: store.version,
    work: distribution,
    initial: emptyDistribution(),
  })
}
