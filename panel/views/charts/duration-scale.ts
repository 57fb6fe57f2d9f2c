// Panel: which height of the chart stands for which duration. Touches no DOM.

/** Milliseconds; logarithmic: whole decades, linear: from 0. */
export interface DurationScale {
  type: 'log' | 'linear'
  least: number
  most: number
}

/** The usual step of a page's clock in milliseconds, where none is known yet. */
const USUAL_RESOLUTION = 0.1

/** From the clock's step, or 1 ms, to the decade above the longest duration; at least to a second. */
export function durationScaleOf(longest: number, resolution: number, type: DurationScale['type']): DurationScale {
  if (type === 'linear') return { type, least: 0, most: roundUp(Math.max(longest, 10) * 1.02) }
  const step = resolution > 0 ? Math.min(resolution, 1) : USUAL_RESOLUTION
  const least = 10 ** Math.floor(Math.log10(step) + 1e-9)
  return { type, least, most: Math.max(1000, 10 ** Math.ceil(Math.log10(Math.max(longest, 1)) + 0.05)) }
}

/** Where a duration stands: 0 at the bottom, 1 at the top; what is longer or shorter stands at the end. */
export function shareOf({ type, least, most }: DurationScale, duration: number): number {
  if (type === 'linear') return Math.min(duration / most, 1)
  return Math.min(Math.log(Math.max(duration, least) / least) / Math.log(most / least), 1)
}

/** The duration at a share of the height. */
export function durationAt({ type, least, most }: DurationScale, share: number): number {
  return type === 'linear' ? share * most : least * (most / least) ** share
}

/**
 * The bits that are left out of the upper half of a duration's 64: what remains tells 256 durations to an octave, which
 * are less than a cell apart on a linear scale too.
 */
export const DROPPED_BITS = 12
const ENTRIES = 2 ** (32 - 1 - DROPPED_BITS)

let known: { key: string; lines: Uint16Array } | undefined

/** The line of cells, from the top, of a duration's bits: made anew when the chart's height or scale changes. */
export function lineLookup(scale: DurationScale, height: number, side: number): Uint16Array {
  const key = `${scale.type} ${scale.least} ${scale.most} ${height} ${side}`
  if (known?.key === key) return known.lines
  const lines = known?.lines ?? new Uint16Array(ENTRIES)
  const lineAt = (duration: number): number => Math.floor(((1 - shareOf(scale, duration)) * height) / side)
  const bits = new Uint32Array(2)
  const duration = new Float64Array(bits.buffer)
  const entryOf = (value: number): number => {
    duration[0] = value
    return (bits[1] as number) >>> DROPPED_BITS
  }
  // Below the first line's middle all is at the bottom: a scale has some twenty octaves at most.
  const first = entryOf(durationAt(scale, side / 4 / height))
  const last = entryOf(scale.most)
  lines.fill(lineAt(0), 0, first)
  for (let entry = first; entry <= last; entry++) {
    bits[0] = 0
    bits[1] = ((entry << DROPPED_BITS) | (1 << (DROPPED_BITS - 1))) >>> 0
    lines[entry] = lineAt(duration[0] as number)
  }
  lines.fill(0, last + 1)
  known = { key, lines }
  return lines
}

/** 1, 2 or 5 times a power of ten. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  return ([1, 2, 5].find(factor => factor * power >= value) ?? 10) * power
}
