// Panel: a distribution of durations as bars, on a logarithmic axis.
import { useSignal } from '@preact/signals'
import { boundOf, bucketOf, type Distribution, isDecade, shownBuckets } from '../analysis/distribution.ts'
import { usePanel } from './panel-context.ts'

/** Percent of the height that a single operation gets at least: it must be seen beside a million. */
const LEAST_HEIGHT = 2

interface Props {
  distribution: Distribution
  label: string
  /** A duration in milliseconds that is marked. */
  marked?: number
}

export function DistributionChart({ distribution, label, marked }: Props) {
  const { figures } = usePanel()
  const hovered = useSignal<number | null>(null)
  const { counts, total } = distribution
  const { from, to } = shownBuckets(distribution)
  const most = Math.max(1, ...counts)
  const buckets = Array.from({ length: to - from }, (_, i) => from + i)
  const tell = (bucket: number): string =>
    `${figures.duration(boundOf(bucket), 0.01)} – ${figures.duration(boundOf(bucket + 1), 0.01)}: ${figures.count(counts[bucket] ?? 0)} (${figures.percent((counts[bucket] ?? 0) / Math.max(total, 1))})`
  const markedBucket = marked === undefined ? -1 : bucketOf(marked)
  return (
    <figure class="distribution">
      <figcaption>
        {label}
        <output>{hovered.value === null ? '' : tell(hovered.value)}</output>
      </figcaption>
      <div class="bars" role="img" aria-label={`${label}: ${figures.count(total)} operations`}>
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
        {[...buckets, to].filter(isDecade).map(bucket => (
          <span key={bucket} style={{ left: `${((bucket - from) / (to - from)) * 100}%` }}>
            {figures.decade(boundOf(bucket))}
          </span>
        ))}
      </div>
    </figure>
  )
}

function heightOf(count: number, most: number): number {
  return count === 0 ? 0 : Math.max(LEAST_HEIGHT, (count / most) * 100)
}
