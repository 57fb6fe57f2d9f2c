// Node. What is promised, and whether these figures keep it.
import type { Verdict } from '../harness/verdict.ts'
import type { DocumentStart } from './document-start.ts'
import { type Figures, find, ratio } from './figures.ts'
import type { Sample } from './measure.ts'
import type { Group } from './plan.ts'
import { BUDGETS, type ScriptSize } from './script-sizes.ts'

const RATIOS = [
  { to: 'ring', name: 'the plain ring wrapper', atMost: 2.5 },
  { to: 'datadog', name: 'Datadog', atMost: 1 / 15 },
  { to: 'opentelemetry', name: 'OpenTelemetry', atMost: 1 / 80 },
  { to: 'sentry', name: 'Sentry', atMost: 1 / 120 },
]
const OURS: Record<Group['id'], readonly string[]> = {
  stub: ['alone', 'recorded'],
  'stub-devtools': ['extension'],
  loopback: [],
}
const WHAT: Record<keyof Sample, string> = { calls: 'the calls', all: 'with what they put off' }

/** Of a real fetch's own CPU. */
const LOOPBACK_SHARE = 0.05
const DOCUMENT_MS = 1

const asRatio = (value: number): string => (value < 0.5 ? `1/${(1 / value).toFixed(0)}` : `${value.toFixed(2)} ×`)

export function fetchVerdicts({ id }: Group, figures: Figures): Verdict[] {
  const ratios = OURS[id].flatMap(ours =>
    (['calls', 'all'] as const).flatMap(what =>
      RATIOS.flatMap(({ to, name, atMost }) => {
        const measured = ratio(figures, what, ours, to)
        if (measured === undefined) return []
        const promise = `${id}, ${ours}, ${WHAT[what]} / ${name}`
        return [{ promise, measured: asRatio(measured), target: `≤ ${asRatio(atMost)}`, met: measured <= atMost }]
      }),
    ),
  )
  return id === 'loopback' ? [...ratios, ...loopbackVerdict(figures)] : ratios
}

function loopbackVerdict(figures: Figures): Verdict[] {
  const [bare, ours] = [find(figures, 'bare'), find(figures, 'extension')]
  if (!bare || !ours) return []
  const shareOf = (value: number): string => percent(value / bare.own.all.median)
  const { median, low, high } = ours.over.all
  const measured = `${shareOf(median)} [${shareOf(low)} to ${shareOf(high)}]`
  const met = median / bare.own.all.median <= LOOPBACK_SHARE
  return [{ promise: 'a real fetch, CPU added by the extension', measured, target: '≤ 5 %', met }]
}

export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`

export const documentVerdict = ({ added, platform }: DocumentStart): Verdict => {
  return {
    promise: 'a document’s start, CPU added',
    measured: `${added.toFixed(2)} ms, of which ${platform.toFixed(2)} with empty scripts`,
    target: `≤ ${DOCUMENT_MS} ms`,
    met: added <= DOCUMENT_MS,
  }
}

export const sizeVerdict = ({ script, gzipped }: ScriptSize): Verdict => {
  return {
    promise: `size of the ${script} script, gzipped`,
    measured: `${gzipped.toLocaleString('en')} B`,
    target: `≤ ${BUDGETS[script].toLocaleString('en')} B`,
    met: gzipped <= BUDGETS[script],
  }
}
