// Node. What `bench:fetch` measures, and how often.

/** A browser that pages are opened in. */
export type Place =
  /** Without DevTools, without the extension. */
  | 'plain'
  /** DevTools open, without the extension. */
  | 'devtools'
  /** DevTools open, with the built extension. */
  | 'extension'

export interface Variant {
  name: string
  label: string
  place: Place
  /** What the page runs between the stub and the loop, by the names of `scripts.ts`. */
  parts: readonly string[]
  /** Roughly, where it is much: such a variant makes fewer calls. */
  microseconds?: number
  /** Hands over what it records: a sample ends when all of it has arrived. */
  records?: true
}

/** Variants that are measured interleaved and compared with each other alone. The first is what the others add to. */
export interface Group {
  id: 'stub' | 'stub-devtools' | 'loopback'
  title: string
  /** Whether `fetch` is a stub, which makes no request. */
  stubbed: boolean
  /** The part that runs last and makes the calls. */
  loop: string
  variants: readonly [Variant, ...Variant[]]
  plan: GroupPlan
  quick: GroupPlan
}

export interface GroupPlan {
  /** Pages of each variant, each in a browser of its own: where code and data come to lie differs from one to the next. */
  pages: number
  /** Bursts of each page. The variants make theirs in turn: a machine's speed drifts within seconds. */
  bursts: number
  /** Calls in a row, one awaited after the other; what they put off runs after them. */
  burst: number
  /** Calls before the measured ones. */
  warmUp: number
}

/** A burst of a variant that needs more is made shorter, but not below a hundred calls. */
const BURST_SECONDS = 0.3

export const burstOf = ({ microseconds = 1 }: Variant, { burst }: GroupPlan): number =>
  Math.min(burst, Math.max(100, Math.floor((BURST_SECONDS * 1e6) / microseconds)))

const variant = (name: string, label: string, place: Place, parts: readonly string[] = [name]): Variant => {
  return { name, label, place, parts }
}
const peers = (place: Place): Variant[] => [
  { ...variant('datadog', 'Datadog’s fetch observable', place), microseconds: 20 },
  { ...variant('opentelemetry', 'OpenTelemetry instrumentation-fetch', place), microseconds: 100 },
  { ...variant('sentry', 'Sentry, browser tracing', place), microseconds: 800 },
]
const extension: Variant = { ...variant('extension', 'ours, the extension', 'extension', []), records: true }

export const GROUPS: readonly Group[] = [
  {
    id: 'stub',
    title: 'A stubbed fetch, no DevTools',
    stubbed: true,
    loop: 'stubbed-loop',
    variants: [
      variant('bare', 'bare stub', 'plain'),
      variant('ring', 'plain wrapper, ring of typed arrays', 'plain'),
      variant('async', 'plain async wrapper', 'plain'),
      variant('alone', 'ours, page script alone', 'plain', ['injected']),
      {
        ...variant('recorded', 'ours, page script and stand-in relay', 'plain', ['injected', 'stand-in-relay']),
        records: true,
      },
      {
        ...variant('stacks', 'the same, with call stacks (off by default)', 'plain', [
          'injected',
          'stand-in-relay',
          'take-call-stacks',
        ]),
        records: true,
        microseconds: 20,
      },
      ...peers('plain'),
    ],
    // The page script alone keeps 20,000 calls, and would measure dropping from then on.
    plan: { pages: 15, bursts: 2, burst: 5_000, warmUp: 8_000 },
    quick: { pages: 2, bursts: 1, burst: 5_000, warmUp: 5_000 },
  },
  {
    id: 'stub-devtools',
    title: 'A stubbed fetch, DevTools open',
    stubbed: true,
    loop: 'stubbed-loop',
    variants: [
      variant('bare', 'bare stub', 'devtools'),
      variant('ring', 'plain wrapper, ring of typed arrays', 'devtools'),
      extension,
    ],
    plan: { pages: 7, bursts: 2, burst: 5_000, warmUp: 8_000 },
    quick: { pages: 1, bursts: 1, burst: 5_000, warmUp: 5_000 },
  },
  {
    id: 'loopback',
    title: 'A real fetch from a loopback server, DevTools open',
    stubbed: false,
    loop: 'loopback-loop',
    variants: [
      variant('bare', 'nothing', 'devtools'),
      variant('ring', 'plain wrapper, ring of typed arrays', 'devtools'),
      extension,
      ...peers('devtools'),
    ],
    plan: { pages: 8, bursts: 6, burst: 200, warmUp: 400 },
    quick: { pages: 1, bursts: 3, burst: 200, warmUp: 100 },
  },
]

/** Loads of an empty page, with the extension and without it. */
export const DOCUMENT_LOADS = { plan: 30, quick: 6 }
