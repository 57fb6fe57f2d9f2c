// Panel: when the panel could be used, in its own performance timeline: what `npm run bench:panel` reads.

export type OpeningMark = 'perf:first-chart' | 'perf:read'

/** The first time only. */
export function markOpening(mark: OpeningMark): void {
  if (performance.getEntriesByName(mark).length === 0) performance.mark(mark)
}
