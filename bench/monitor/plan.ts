// Node. What `bench:monitor` measures, and how often.

export interface Variant {
  name: MonitorVariant
  label: string
  /** Tens of times dearer than the rest: fewer rounds where there are many operations. */
  slow?: true
}

export type MonitorVariant =
  | 'bare'
  | 'ring'
  | 'naive'
  | 'user-timing'
  | 'opentelemetry'
  | 'sentry'
  | 'ours'
  | 'ours-listener'
  | 'ours-metadata'
  | 'ours-names'

export const VARIANTS: readonly Variant[] = [
  { name: 'bare', label: 'bare await' },
  { name: 'ring', label: 'ring of typed arrays' },
  { name: 'naive', label: 'naive monitor' },
  { name: 'user-timing', label: 'mark + mark + measure', slow: true },
  { name: 'opentelemetry', label: 'OpenTelemetry, in memory' },
  { name: 'sentry', label: 'Sentry, no-op transport', slow: true },
  { name: 'ours', label: 'ours' },
  { name: 'ours-listener', label: 'ours, a listener' },
  { name: 'ours-metadata', label: 'ours, metadata' },
  { name: 'ours-names', label: 'ours, 100 names' },
]

export interface CountPlan {
  count: number
  rounds: number
  slowRounds: number
}

/** About five minutes on two cores. A slow variant's million takes 7 to 16 s, so it has one round. */
export const FULL: readonly CountPlan[] = [
  { count: 10_000, rounds: 9, slowRounds: 9 },
  { count: 100_000, rounds: 9, slowRounds: 5 },
  { count: 1_000_000, rounds: 5, slowRounds: 1 },
]

/** Under a minute, for a first look: no slow variant at a million, and spreads too wide to quote. */
export const QUICK: readonly CountPlan[] = [
  { count: 10_000, rounds: 3, slowRounds: 1 },
  { count: 100_000, rounds: 3, slowRounds: 1 },
  { count: 1_000_000, rounds: 1, slowRounds: 0 },
]

/** Enough for the optimizing compiler on the fastest variant, and less than any bound of ours. */
export const WARM_UP = 10_000
