// Any world: Fisher's exact test, whether two shares differ.
import { logGamma } from './distributions.ts'

/** Terms that are as likely as what was found, but for rounding: as R's fisher.test takes them. */
const TOLERANCE = 1 + 1e-7

/** Two-sided p for `failedA` of `allA` against `failedB` of `allB`; 1 where a side is empty. */
export function fisherExact(failedA: number, allA: number, failedB: number, allB: number): number {
  const failed = failedA + failedB
  const all = allA + allB
  if (allA === 0 || allB === 0 || failed === 0 || failed === all) return 1
  const chance = (k: number): number =>
    Math.exp(logChoose(allA, k) + logChoose(allB, failed - k) - logChoose(all, failed))
  const found = chance(failedA) * TOLERANCE
  let p = 0
  for (let k = Math.max(0, failed - allB); k <= Math.min(failed, allA); k++) {
    const each = chance(k)
    if (each <= found) p += each
  }
  return Math.min(1, p)
}

function logChoose(n: number, k: number): number {
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1)
}
