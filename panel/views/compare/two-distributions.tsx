// Panel: the durations of both sides of a comparison over one another, on a logarithmic axis.
import { boundOf, bucketOf, emptyDistribution, shownBuckets } from '../../../model/analysis/distribution.ts'
import { usePanel } from '../../app/panel-context.ts'
import { BucketAxis } from '../../kit/distribution-chart.tsx'

interface Props {
  /** Milliseconds, sorted. */
  before: Float64Array
  after: Float64Array
}

/** Heights are shares of each side, as the sides differ in how many operations they have. */
export function TwoDistributions({ before, after }: Props) {
  const { formatters } = usePanel()
  const [left, right] = [countsOf(before), countsOf(after)]
  const both = { ...emptyDistribution(), counts: left.map((count, i) => count + (right[i] as number)) }
  const { from, to } = shownBuckets(both)
  const shareOf = (counts: Float64Array, bucket: number, all: number): number =>
    (counts[bucket] as number) / Math.max(1, all)
  const buckets = Array.from({ length: to - from }, (_, i) => {
    const bucket = from + i
    return { bucket, old: shareOf(left, bucket, before.length), now: shareOf(right, bucket, after.length) }
  })
  const highest = Math.max(...buckets.flatMap(({ old, now }) => [old, now]), 1e-9)
  const describe = ({ bucket, old, now }: (typeof buckets)[0]): string =>
    `${formatters.duration(boundOf(bucket), 0.01)} – ${formatters.duration(boundOf(bucket + 1), 0.01)}: baseline ${formatters.percent(old)}, new ${formatters.percent(now)}`
  const median = (values: Float64Array): string =>
    values.length === 0 ? 'none' : formatters.duration(values[Math.floor(values.length / 2)] as number, 0.1)
  return (
    <figure class="distribution two-distributions">
      <figcaption>
        Durations
        <span class="legend-text">
          <i class="sign old" /> baseline <i class="sign now" /> new
        </span>
      </figcaption>
      <div class="bars" role="img" aria-label={`Durations. Medians: baseline ${median(before)}, new ${median(after)}`}>
        {buckets.map(each => (
          <span key={each.bucket} class="bar" title={describe(each)}>
            <i class="now" style={{ height: `${(each.now / highest) * 100}%` }} />
            <i class="old" style={{ height: `${(each.old / highest) * 100}%` }} />
          </span>
        ))}
      </div>
      <BucketAxis from={from} to={to} />
    </figure>
  )
}

/** The values are sorted, so only the borders of the buckets are looked for. */
function countsOf(sorted: Float64Array): Float64Array {
  const { counts } = emptyDistribution()
  let from = 0
  while (from < sorted.length) {
    const bucket = bucketOf(sorted[from] as number)
    let [low, high] = [from, sorted.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (bucketOf(sorted[middle] as number) <= bucket) low = middle + 1
      else high = middle
    }
    counts[bucket] = low - from
    from = low
  }
  return counts
}
