// Panel: a distribution of durations as a bar chart, on a logarithmic axis.
import { useSignal } from '@preact/signals'
import { boundOf, bucketOf, type Distribution, isDecade, shownBuckets } from '../../model/analysis/distribution.ts'
import { usePanel } from '../app/panel-context.ts'

/** Percent of the height: a single operation stays visible beside a million. */
const MIN_HEIGHT = 2
/** Labels on the axis, not counting the first. */
const MAX_LABELS = 4

interface Props {
  distribution: Distribution
  label: string
  /** A duration in milliseconds to mark; NaN for none. */
  marked?: number
}

export function DistributionChart({ distribution, label, marked = Number.NaN }: Props) {
  const { formatters } = usePanel()
  const hovered = useSignal<number | null>(null)
  const { counts, total } = distribution
  const { from, to } = shownBuckets(distribution)
  const max = Math.max(1, ...counts)
  const buckets = Array.from({ length: to - from }, (_, i) => from + i)
  const describe = (bucket: number): string =>
    `${formatters.duration(boundOf(bucket), 0.01)} – ${formatters.duration(boundOf(bucket + 1), 0.01)}: ${formatters.count(counts[bucket] ?? 0)} (${formatters.percent((counts[bucket] ?? 0) / Math.max(total, 1))})`
  const markedBucket = Number.isNaN(marked) ? -1 : bucketOf(marked)
  return (
    <figure class="distribution">
      <figcaption>
        {label}
        <output>{hovered.value === null ? '' : describe(hovered.value)}</output>
      </figcaption>
      <div class="bars" role="img" aria-label={`${label}: ${formatters.count(total)} operations`}>
        {buckets.map(bucket => (
          <span
            key={bucket}
            class={bucket === markedBucket ? 'bar marked' : 'bar'}
            title={describe(bucket)}
            onPointerEnter={() => (hovered.value = bucket)}
            onPointerLeave={() => (hovered.value = null)}
          >
            <i style={{ height: `${heightOf(counts[bucket] ?? 0, max)}%` }} />
          </span>
        ))}
      </div>
      <BucketAxis from={from} to={to} />
    </figure>
  )
}

/** The axis below buckets `from` to `to` (exclusive). */
export function BucketAxis({ from, to }: { from: number; to: number }) {
  const { formatters } = usePanel()
  return (
    <div class="bar-axis" aria-hidden="true">
      {labelled(from, to).map(bucket => (
        <span key={bucket} style={positionOf((bucket - from) / (to - from))}>
          {formatters.decade(boundOf(bucket))}
        </span>
      ))}
    </div>
  )
}

/** The decades that get a label: as many as fit. */
function labelled(from: number, to: number): number[] {
  const decades = Array.from({ length: to - from + 1 }, (_, i) => from + i).filter(isDecade)
  const step = Math.ceil((decades.length - 1) / MAX_LABELS)
  return decades.filter((_, i) => i % step === 0)
}

/** The first and the last label stay within the chart. */
function positionOf(share: number) {
  return { left: `${share * 100}%`, translate: share === 0 ? '0' : share === 1 ? '-100%' : '-50%' }
}

function heightOf(count: number, max: number): number {
  return count === 0 ? 0 : Math.max(MIN_HEIGHT, (count / max) * 100)
}
