// Node. The ratios that are promised, and whether these figures keep them.
import { type Figures, find, ratio } from './figures.ts'
import type { Group } from './plan.ts'

export interface Verdict {
  promise: string
  operations: string
  measured: string
  target: string
  met: boolean
}

interface RatioTarget {
  promise: string
  of: string
  to: string
  atMost?: number
  atLeast?: number
}

const RATIOS: Record<Group['id'], readonly RatioTarget[]> = {
  library: [
    { promise: 'ours / ring', of: 'ours', to: 'ring', atMost: 1.6 },
    { promise: 'ours with metadata / ring', of: 'ours-metadata', to: 'ring', atMost: 2 },
    { promise: 'naive / ours', of: 'naive', to: 'ours', atLeast: 3 },
    { promise: 'OpenTelemetry / ours', of: 'opentelemetry', to: 'ours', atLeast: 10 },
    { promise: 'Sentry / ours', of: 'sentry', to: 'ours', atLeast: 60 },
  ],
  recorder: [{ promise: 'ours recorded, without DevTools / ring', of: 'recorder', to: 'ring', atMost: 2.2 }],
  extension: [{ promise: 'ours recorded by the extension / ring', of: 'recorded', to: 'ring', atMost: 2.2 }],
}
const OURS = ['ours', 'ours-listener', 'ours-metadata', 'ours-names', 'recorder', 'recorded']
/** Below this, promises are not made: a few thousand operations measure the compiler. */
const MIN_OPERATIONS = 100_000

/** Retained memory counts as flat below this growth per further operation. Keeping one number costs 4 to 8. */
const FLAT_BYTES_PER_OPERATION = 0.5
const [FLAT_FROM, FLAT_TO] = [100_000, 1_000_000]

export function verdicts(group: Group['id'], figures: Figures, counts: readonly number[]): Verdict[] {
  const promised = counts.filter(count => count >= MIN_OPERATIONS)
  return [
    ...RATIOS[group].flatMap(target => promised.flatMap(count => ratioVerdict(figures, target, count) ?? [])),
    ...OURS.flatMap(variant => flatVerdict(figures, variant) ?? []),
  ]
}

function ratioVerdict(figures: Figures, target: RatioTarget, count: number): Verdict | undefined {
  const { promise, of, to, atMost = Number.POSITIVE_INFINITY, atLeast } = target
  const measured = ratio(figures, of, to, count)
  if (measured === undefined) return undefined
  return {
    promise,
    operations: count.toLocaleString('en'),
    measured: `${measured.toFixed(2)} ×`,
    target: atLeast === undefined ? `≤ ${atMost} ×` : `≥ ${atLeast} ×`,
    met: measured <= atMost && measured >= (atLeast ?? 0),
  }
}

function flatVerdict(figures: Figures, variant: string): Verdict | undefined {
  const [from, to] = [find(figures, variant, FLAT_FROM), find(figures, variant, FLAT_TO)]
  if (from === undefined || to === undefined) return undefined
  const growth = (to.retainedBytes.median - from.retainedBytes.median) / (FLAT_TO - FLAT_FROM)
  return {
    promise: `memory is flat: ${variant}`,
    operations: `${FLAT_FROM.toLocaleString('en')} → ${FLAT_TO.toLocaleString('en')}`,
    measured: `${growth.toFixed(2)} B/op`,
    target: `< ${FLAT_BYTES_PER_OPERATION} B/op`,
    met: growth < FLAT_BYTES_PER_OPERATION,
  }
}
