// Node. The ratios that are promised, and whether these figures keep them.
import { type Figures, find, ratio } from './figures.ts'

export interface Verdict {
  promise: string
  count: string
  measured: string
  target: string
  met: boolean | undefined
}

interface RatioTarget {
  promise: string
  of: string
  to: string
  atMost?: number
  atLeast?: number
}

const RATIOS: readonly RatioTarget[] = [
  { promise: 'ours / ring', of: 'ours', to: 'ring', atMost: 1.6 },
  { promise: 'ours with metadata / ring', of: 'ours-metadata', to: 'ring', atMost: 2 },
  { promise: 'naive / ours', of: 'naive', to: 'ours', atLeast: 3 },
  { promise: 'OpenTelemetry / ours', of: 'opentelemetry', to: 'ours', atLeast: 10 },
  { promise: 'Sentry / ours', of: 'sentry', to: 'ours', atLeast: 60 },
]

const RECORDED: readonly RatioTarget[] = [
  { promise: 'ours while recorded / ring', of: 'recorded', to: 'ring', atMost: 2.2 },
]

/** Retained memory counts as flat below this growth per further operation: a hundredth of one number. */
const FLAT_BYTES_PER_OPERATION = 0.1
const [FLAT_FROM, FLAT_TO] = [100_000, 1_000_000]

export function verdicts(figures: Figures, counts: readonly number[]): Verdict[] {
  const ratios = figures.some(({ variant }) => variant === 'recorded') ? RECORDED : RATIOS
  const flat = ['ours', 'ours-listener', 'ours-metadata', 'ours-names', 'recorded']
  return [
    ...ratios.flatMap((target) => counts.map((count) => ratioVerdict(figures, target, count))),
    ...flat.flatMap((variant) => flatVerdict(figures, variant) ?? []),
  ]
}

function ratioVerdict(figures: Figures, target: RatioTarget, count: number): Verdict {
  const { promise, of, to, atMost, atLeast } = target
  const measured = ratio(figures, of, to, count)
  return {
    promise,
    count: count.toLocaleString('en'),
    measured: measured === undefined ? 'not measured' : `${measured.toFixed(2)} ×`,
    target: atMost === undefined ? `≥ ${atLeast} ×` : `≤ ${atMost} ×`,
    met: measured === undefined ? undefined : measured <= (atMost ?? Infinity) && measured >= (atLeast ?? 0),
  }
}

function flatVerdict(figures: Figures, variant: string): Verdict | undefined {
  const [from, to] = [find(figures, variant, FLAT_FROM), find(figures, variant, FLAT_TO)]
  if (from === undefined || to === undefined) return undefined
  const growth = (to.retainedBytes.median - from.retainedBytes.median) / (FLAT_TO - FLAT_FROM)
  return {
    promise: `${variant}: retained memory is flat`,
    count: `${FLAT_FROM.toLocaleString('en')} → ${FLAT_TO.toLocaleString('en')}`,
    measured: `${growth.toFixed(3)} B/op`,
    target: `< ${FLAT_BYTES_PER_OPERATION} B/op`,
    met: growth < FLAT_BYTES_PER_OPERATION,
  }
}
