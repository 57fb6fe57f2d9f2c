// Any world: what operations are allowed, by name.

/** Each limit is the largest value that is allowed. Times are milliseconds, of the operations of all sessions together. */
export interface Budget {
  p50?: number
  p95?: number
  max?: number
  /** How many operations there are in a session. */
  count?: number
  /** How many of them fail in a session. */
  failures?: number
  /** What they transfer in a session. */
  bytes?: number
}

/** By a pattern of names: `*` stands for any characters. */
export type Budgets = Readonly<Record<string, Budget>>
