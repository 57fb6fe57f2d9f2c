// Panel: round moments on an axis. Touches no DOM.

/** The step of 1, 2 or 5 times a power of ten that makes at most `most` of them. */
export function tickStep(span: number, most: number): number {
  const least = span / Math.max(most, 1)
  const power = 10 ** Math.floor(Math.log10(least))
  return ([1, 2, 5].find(factor => factor * power >= least * (1 - 1e-9)) ?? 10) * power
}

/** Moments from `from` to `to` at whole steps from `origin`. */
export function ticksIn(from: number, to: number, origin: number, step: number): number[] {
  const ticks: number[] = []
  for (let count = Math.ceil((from - origin) / step); origin + count * step <= to; count++)
    ticks.push(origin + count * step)
  return ticks
}
