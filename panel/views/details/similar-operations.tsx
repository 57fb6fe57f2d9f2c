// Panel: where the selected operation stands among those of its group.
import { type Distribution, distribution, emptyDistribution } from '../../../model/analysis/distribution.ts'
import { knownDuration } from '../../../model/session/shown-duration.ts'
import { type PanelParts, usePanel } from '../../app/panel-context.ts'
import { DistributionChart } from '../../kit/distribution-chart.tsx'
import { Section } from '../../kit/section.tsx'
import { createSlicedResult, type SlicedResult } from '../../kit/sliced-result.ts'

export function SimilarOperations({ row, found }: { row: number; found: Distribution }) {
  const { store, view, formatters } = usePanel()
  const { grouping } = view
  const name = grouping.value.nameOf(grouping.value.groupOf(row))
  const pending = store.session.value.operations.outcomeOf(row) === 'pending'
  const duration = knownDuration(store.session.value, row)
  if (found.total < 2) return null
  return (
    <Section title="Same name">
      {!Number.isNaN(duration) && (
        <p class="same-name">
          {pending ? 'Has run' : 'Took'} longer than {formatters.percent(found.less / found.total)} of the{' '}
          {formatters.count(found.total)} that are shown and have ended.
        </p>
      )}
      <DistributionChart distribution={found} label={name} marked={duration} />
    </Section>
  )
}

export function createDistribution({ store, view }: PanelParts): SlicedResult<Distribution> {
  return createSlicedResult({
    inputs() {
      const [grouping, than] = [view.grouping.value, view.selected.value]
      return {
        session: store.session.value,
        matches: view.matches.value,
        zoom: view.span.value,
        group: than === null ? null : { grouping, number: grouping.groupOf(than) },
        than,
      }
    },
    version: store.version,
    work: distribution,
    initial: emptyDistribution(),
  })
}
