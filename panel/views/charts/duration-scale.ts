// Panel: the scale of durations: which height of the chart means which duration.

/** Milliseconds. A logarithmic scale covers whole decades, a linear one starts at 0. */
export interface DurationScale {
  type: 'log' | 'linear'
  min: number
  max: number
}

/** The usual resolution of a page's timer in milliseconds, as long as it is unknown. */
const USUAL_RESOLUTION = 0.1

/** Logarithmic: from the timer's resolution, at most 1 ms, to the decade above the maximum, at least 1 s. */
export function durationScaleOf(maxDuration: number, resolution: number, type: DurationScale['type']): DurationScale {
  if (type === 'linear') return { type, min: 0, max: roundUp(Math.max(maxDuration, 10) * 1.02) }
  const step = resolution > 0 ? Math.min(resolution, 1) : USUAL_RESOLUTION
  const min = 10 ** Math.floor(Math.log10(step) + 1e-9)
  return { type, min, max: Math.max(1000, 10 ** Math.ceil(Math.log10(Math.max(maxDuration, 1)) + 0.05)) }
}

/** The height of a duration: 0 at the bottom, 1 at the top. Durations outside of the scale are clamped. */
export function shareOf({ type, min, max }: DurationScale, duration: number): number {
  if (type === 'linear') return Math.min(duration / max, 1)
  return Math.min(Math.log(Math.max(duration, min) / min) / Math.log(max / min), 1)
}

/** The inverse of `shareOf`. */
export function durationAt({ type, min, max }: DurationScale, share: number): number {
  return type === 'linear' ? share * max : min * (max / min) ** share
}

/**
 * The bits dropped from the upper 32 of a duration's 64. The remaining bits distinguish 256 durations in each octave,
 * which are less than a cell apart even on a linear scale.
 */
export const DROPPED_BITS = 12
const ENTRIES = 2 ** (32 - 1 - DROPPED_BITS)

let known: { key: string; lines: Uint16Array } | undefined

/** The line of cells, from the top, for each value of those bits. Computed again when the height or the scale changes. */
export function lineLookup(scale: DurationScale, height: number, side: number): Uint16Array {
  const key = `${scale.type} ${scale.min} ${scale.max} ${height} ${side}`
  if (known?.key === key) return known.lines
  // The same memory, but another object: whoever keeps the last one sees that the lines have changed.
  const lines = known?.lines.subarray() ?? new Uint16Array(ENTRIES)
  const lineAt = (duration: number): number => Math.floor(((1 - shareOf(scale, duration)) * height) / side)
  const bits = new Uint32Array(2)
  const duration = new Float64Array(bits.buffer)
  const entryOf = (value: number): number => {
    duration[0] = value
    return (bits[1] as number) >>> DROPPED_BITS
  }
  // Everything below the middle of the bottom line belongs to it, so only about twenty octaves need an entry.
  const first = entryOf(durationAt(scale, side / 4 / height))
  const last = entryOf(scale.max)
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
