// Node. What `bench:monitor` measures, and how often.

export interface Variant {
  /** Its file in variants/monitor/. */
  name: string
  label: string
  /** Roughly, where it is much: such a variant gets fewer rounds. */
  microseconds?: number
  /** Hands over what it records: a sample ends when all of it has arrived. */
  records?: true
}

export interface CountPlan {
  count: number
  /** At most: as many as fit into `SECONDS` for each variant, but one at least. */
  rounds: number
}

/** For all rounds of one variant at one count. Sentry's million takes 20. */
const SECONDS = 16

export const roundsOf = ({ microseconds = 1 }: Variant, { count, rounds }: CountPlan): number =>
  Math.max(1, Math.min(rounds, Math.floor((SECONDS * 1e6) / (microseconds * count))))

/** Variants that are measured interleaved, in one browser, and compared with each other alone. */
export interface Group {
  id: 'library' | 'recorder' | 'extension'
  title: string
  variants: readonly Variant[]
  full: readonly CountPlan[]
  /** For a first look: spreads are too wide to quote. */
  quick: readonly CountPlan[]
  /** Operations before a turn of the event loop; without it there is none. */
  burst?: number
}

/** Before the measured operations: enough for the optimizing compiler on the fastest variant. */
export const WARM_UP = 10_000

/**
 * A page that never yields could hand nothing over, and would overflow every buffer instead: where recording is
 * measured, all variants yield.
 */
const BURST = 2_000

const BARE: Variant = { name: 'bare', label: 'bare await' }
const RING: Variant = { name: 'ring', label: 'ring of typed arrays' }

/** About six minutes on two idle cores. */
export const GROUPS: readonly Group[] = [
  {
    id: 'library',
    title: 'The library',
    variants: [
      BARE,
      RING,
      { name: 'naive', label: 'naive monitor' },
      { name: 'user-timing', label: 'mark + mark + measure', microseconds: 8 },
      { name: 'opentelemetry', label: 'OpenTelemetry, in memory', microseconds: 5 },
      { name: 'sentry', label: 'Sentry, no-op transport', microseconds: 20 },
      { name: 'ours', label: 'ours' },
      { name: 'ours-listener', label: 'ours, a listener' },
      { name: 'ours-metadata', label: 'ours, metadata' },
      { name: 'ours-names', label: 'ours, 100 names' },
    ],
    full: [
      { count: 10_000, rounds: 5 },
      { count: 100_000, rounds: 9 },
      { count: 1_000_000, rounds: 7 },
    ],
    quick: [
      { count: 10_000, rounds: 1 },
      { count: 100_000, rounds: 3 },
    ],
  },
  {
    id: 'recorder',
    title: 'Recording alone: the page script and a stand-in for its relay, no DevTools',
    variants: [BARE, RING, { name: 'recorder', label: 'ours, recorded', records: true }],
    full: [
      { count: 100_000, rounds: 9 },
      { count: 1_000_000, rounds: 5 },
    ],
    quick: [{ count: 100_000, rounds: 3 }],
    burst: BURST,
  },
  {
    id: 'extension',
    title: 'In the extension: built, DevTools open, stored in IndexedDB',
    variants: [BARE, RING, { name: 'recorded', label: 'ours, recorded', records: true }],
    full: [
      { count: 100_000, rounds: 5 },
      { count: 1_000_000, rounds: 2 },
    ],
    quick: [],
    burst: BURST,
  },
]
