// Panel: a distribution of durations as bars, on a logarithmic axis.
import { useSignal } from '@preact/signals'
import { boundOf, bucketOf, type Distribution, isDecade, shownBuckets } from '../../model/analysis/distribution.ts'
import { usePanel } from '../app/panel-context.ts'

/** Percent of the height that a single operation gets at least: it must be seen beside a million. */
const MIN_HEIGHT = 2
/** Labels below the bars, beside the first. */
const MAX_LABELS = 4

interface Props {
  distribution: Distribution
  label: string
  /** A duration in milliseconds that is marked; none where it is NaN. */
  marked?: number
}

export function DistributionChart({ distribution, label, marked = Number.NaN }: Props) {
  const { formatters } = usePanel()
  const hovered = useSignal<number | null>(null)
  const { counts, total } = distribution
  const { from, to } = shownBuckets(distribution)
  const most = Math.max(1, ...counts)
  const buckets = Array.from({ length: to - from }, (_, i) => from + i)
  const tell = (bucket: number): string =>
    `${formatters.duration(boundOf(bucket), 0.01)} – ${formatters.duration(boundOf(bucket + 1), 0.01)}: ${formatters.count(counts[bucket] ?? 0)} (${formatters.percent((counts[bucket] ?? 0) / Math.max(total, 1))})`
  const markedBucket = Number.isNaN(marked) ? -1 : bucketOf(marked)
  return (
    <figure class="distribution">
      <figcaption>
        {label}
        <output>{hovered.value === null ? '' : tell(hovered.value)}</output>
      </figcaption>
      <div class="bars" role="img" aria-label={`${label}: ${formatters.count(total)} operations`}>
        {buckets.map(bucket => (
          <span
            key={bucket}
            class={bucket === markedBucket ? 'bar marked' : 'bar'}
            title={tell(bucket)}
            onPointerEnter={() => (hovered.value = bucket)}
            onPointerLeave={() => (hovered.value = null)}
          >
            <i style={{ height: `${heightOf(counts[bucket] ?? 0, most)}%` }} />
          </span>
        ))}
      </div>
      <div class="bar-axis" aria-hidden="true">
        {labelled(from, to).map(bucket => (
          <span key={bucket} style={placeOf((bucket - from) / (to - from))}>
            {formatters.decade(boundOf(bucket))}
          </span>
        ))}
      </div>
    </figure>
  )
}

/** The decades that have a label below: as many as there is room for. */
function labelled(from: number, to: number): number[] {
  const decades = Array.from({ length: to - from + 1 }, (_, i) => from + i).filter(isDecade)
  const step = Math.ceil((decades.length - 1) / MAX_LABELS)
  return decades.filter((_, i) => i % step === 0)
}

/** At the ends a label stands within the chart. */
function placeOf(share: number) {
  return { left: `${share * 100}%`, translate: share === 0 ? '0' : share === 1 ? '-100%' : '-50%' }
}

function heightOf(count: number, most: number): number {
  return count === 0 ? 0 : Math.max(MIN_HEIGHT, (count / most) * 100)
}
