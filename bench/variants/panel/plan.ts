// Any world. What operations a session of the bench has: an app's, with an hour of trouble in the middle.
import type { Kind, Outcome } from '../../../wire/operations.ts'
import { normal, type Random } from './random.ts'

export interface PlannedName {
  name: string
  kind: Kind
  method?: string
  url?: string
  /** Of all operations. */
  share: number
  /** Milliseconds. */
  median: number
  /** Of the logarithms. */
  spread: number
}

const API = 'https://api.shop.example/v1'
const request = (method: string, path: string, kind: Kind, share: number, median: number, spread: number) => ({
  name: `${method} api.shop.example/v1${path}`,
  url: `${API}${path}`,
  method,
  kind,
  share,
  median,
  spread,
})

export const PLAN: readonly PlannedName[] = [
  { name: 'render:list', kind: 'custom', share: 0.3, median: 1.4, spread: 0.5 },
  { name: 'cache:get', kind: 'custom', share: 0.22, median: 0.3, spread: 0.4 },
  { name: 'db:query', kind: 'custom', share: 0.12, median: 9, spread: 0.6 },
  request('GET', '/products', 'fetch', 0.14, 46, 0.35),
  request('GET', '/cart', 'fetch', 0.08, 28, 0.4),
  request('POST', '/events', 'fetch', 0.06, 110, 0.5),
  request('GET', '/search', 'xhr', 0.05, 240, 0.6),
  request('POST', '/checkout', 'fetch', 0.02, 620, 0.45),
  request('GET', '/reports', 'xhr', 0.01, 1_900, 0.5),
]

/** The part of the session in which the API is slow and fails. */
const TROUBLE = { from: 0.56, to: 0.66, slower: 3.2, failing: 0.12 }
const FAILING = 0.004
const CANCELLED = 0.006

export const isTrouble = (at: number): boolean => at > TROUBLE.from && at < TROUBLE.to

/** @param at the operation's start: 0 to 1 of the session. */
export function durationsOf({ url, median, spread }: PlannedName, at: number, random: Random) {
  const trouble = url !== undefined && isTrouble(at)
  const load = 1 + 0.35 * Math.sin(at * 18) * Math.sin(at * 5)
  const duration = median * load * Math.exp(normal(random) * spread) * (trouble ? TROUBLE.slower : 1)
  const chance = random()
  const failing = trouble ? TROUBLE.failing : FAILING
  const outcome: Outcome = chance < failing ? 'failed' : chance < failing + CANCELLED ? 'cancelled' : 'ok'
  return { outcome, duration: Math.max(0.1, duration) }
}
