// Any world: Fisher's exact test, whether two shares differ.
import { logGamma } from './distributions.ts'

/** Terms that are as likely as what was found, but for rounding: as R's fisher.test takes them. */
const TOLERANCE = 1 + 1e-7
/** Against the greatest: what is less likely adds nothing that is shown. */
const NEGLIGIBLE = 1e-20

/** Two-sided p for `failedA` of `allA` against `failedB` of `allB`; 1 where a side is empty. */
export function fisherExact(failedA: number, allA: number, failedB: number, allB: number): number {
  const failed = failedA + failedB
  const all = allA + allB
  if (allA === 0 || allB === 0 || failed === 0 || failed === all) return 1
  const [least, most] = [Math.max(0, failed - allB), Math.min(failed, allA)]
  const chance = (k: number): number =>
    Math.exp(logChoose(allA, k) + logChoose(allB, failed - k) - logChoose(all, failed))
  const found = chance(failedA) * TOLERANCE
  const mode = Math.min(most, Math.max(least, Math.round(((failed + 1) * (allA + 1)) / (all + 2))))
  const atMode = chance(mode)
  let p = atMode <= found ? atMode : 0
  // Each chance follows from its neighbour: there may be a million of them, of which a few thousand matter.
  for (let k = mode, each = atMode; k < most && each > atMode * NEGLIGIBLE; k++) {
    each *= ((allA - k) * (failed - k)) / ((k + 1) * (allB - failed + k + 1))
    if (each <= found) p += each
  }
  for (let k = mode, each = atMode; k > least && each > atMode * NEGLIGIBLE; k--) {
    each *= (k * (allB - failed + k)) / ((allA - k + 1) * (failed - k + 1))
    if (each <= found) p += each
  }
  return Math.min(1, Math.max(p, found / TOLERANCE))
}

function logChoose(n: number, k: number): number {
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1)
}
