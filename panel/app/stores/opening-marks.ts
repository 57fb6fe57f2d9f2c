// Panel: when the panel could be used, in its own performance timeline: what `npm run bench:panel` reads.

export type OpeningMark = 'perf:first-chart' | 'perf:read'

const marked = new Set<OpeningMark>()

/** The first time only. */
export function markOpening(mark: OpeningMark): void {
  if (!marked.has(mark)) performance.mark(mark)
  marked.add(mark)
}
