// Any world: amounts in the sentences of insights, rounded to what they can claim.

/** An upper bound of time: two digits below a second, steps of 50 ms above. */
export function roundSaved(ms: number): number {
  if (!(ms > 0)) return 0
  if (ms >= 1_000) return Math.round(ms / 50) * 50
  const step = ms >= 100 ? 10 : 1
  return Math.round(ms / step) * step
}

export function timeText(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${trimmed(ms / 1_000)} s`
  return `${trimmed(ms / 60_000)} min`
}

export function bytesText(bytes: number): string {
  if (bytes < 1_000) return `${Math.round(bytes)} B`
  if (bytes < 999_500) return `${Math.round(bytes / 1_000)} kB`
  return `${trimmed(bytes / 1e6)} MB`
}

/** `1 request`, `7 requests`. */
export function countText(count: number, thing: string, things = `${thing}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? thing : things}`
}

export function shareText(share: number): string {
  return `${Math.round(share * 100)}%`
}

function trimmed(value: number): string {
  return value >= 10 ? value.toFixed(0) : value.toFixed(1).replace(/\.0$/, '')
}
