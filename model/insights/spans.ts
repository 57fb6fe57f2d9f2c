// Any world: spans of time, and how much of it they cover together.

/** Epoch milliseconds. */
export interface Span {
  from: number
  to: number
}

/** Spans that do not overlap, in the order of time, that cover the same time. */
export function union(spans: Iterable<Span>): Span[] {
  const sorted = [...spans].sort((a, b) => a.from - b.from)
  const merged: Span[] = []
  for (const { from, to } of sorted) {
    const last = merged.at(-1)
    if (last && from <= last.to) last.to = Math.max(last.to, to)
    else merged.push({ from, to })
  }
  return merged
}

/** Milliseconds that spans cover together. */
export function coveredBy(spans: Iterable<Span>): number {
  return union(spans).reduce((sum, { from, to }) => sum + to - from, 0)
}

/** What of `spans` is not covered by `taken`; both as `union` gives them. */
export function without(spans: readonly Span[], taken: readonly Span[]): Span[] {
  const left: Span[] = []
  let next = 0
  for (const { from, to } of spans) {
    let start = from
    while (next < taken.length && (taken[next] as Span).to <= start) next++
    for (let i = next; i < taken.length && (taken[i] as Span).from < to; i++) {
      const cut = taken[i] as Span
      if (cut.from > start) left.push({ from: start, to: cut.from })
      start = Math.max(start, cut.to)
    }
    if (start < to) left.push({ from: start, to })
  }
  return left
}
