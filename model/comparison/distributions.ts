// Any world: the distribution functions that the comparison's tests need.

/** The upper tail of the standard normal distribution: P(Z > z), by a continued fraction of erfc. */
export function normalTail(z: number): number {
  if (z < 0) return 1 - normalTail(-z)
  return 0.5 * erfc(z / Math.SQRT2)
}

/** The z above which a share of `p` of the standard normal distribution lies; `p` between 0 and 1, by bisection. */
export function normalQuantile(p: number): number {
  let low = -40
  let high = 40
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2
    if (normalTail(middle) > p) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** The t above which a share of `p` of Student's distribution with `df` degrees of freedom lies; `p` from 0 to 0.5. */
export function studentQuantile(p: number, df: number): number {
  const tail = (t: number): number => incompleteBeta(df / (df + t * t), df / 2, 0.5) / 2
  let [low, high] = [0, 1]
  while (tail(high) > p && high < 1e12) high *= 2
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2
    if (tail(middle) > p) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** 1 − erf(x), x ≥ 0: a series for small x, a continued fraction for large (Abramowitz and Stegun 7.1.5, 7.1.14). */
function erfc(x: number): number {
  if (x < 2.5) {
    let term = x
    let sum = x
    for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
      term *= (-x * x) / n
      sum += term / (2 * n + 1)
      if (n > 200) break
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * sum
  }
  let fraction = 0
  for (let k = 60; k > 0; k--) fraction = k / 2 / (x + fraction)
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * (x + fraction))
}

/** ln Γ(x), x > 0 (Lanczos; https://doi.org/10.1137/0701008). */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x)
  let sum = LANCZOS[0] as number
  for (let i = 1; i < LANCZOS.length; i++) sum += (LANCZOS[i] as number) / (x - 1 + i)
  const t = x + 6.5
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum)
}

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]

/** The regularised incomplete beta function I_x(a, b) (Numerical Recipes §6.4: Lentz's continued fraction). */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x))
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(1 - x, b, a)) / b
}

function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300
  let c = 1
  let d = 1 / notZero(1 - ((a + b) * x) / (a + 1), tiny)
  let result = d
  for (let m = 1; m <= 1_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / notZero(1 + even * d, tiny)
    c = notZero(1 + even / c, tiny)
    result *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / notZero(1 + odd * d, tiny)
    c = notZero(1 + odd / c, tiny)
    const change = d * c
    result *= change
    if (Math.abs(change - 1) < 1e-15) break
  }
  return result
}

function notZero(value: number, tiny: number): number {
  return Math.abs(value) < tiny ? tiny : value
}
