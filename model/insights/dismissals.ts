// Any world: what a user does not want to see again, and which insights that covers.
import { truncate } from '../../wire/truncate.ts'
import type { Insight } from './insight.ts'

/** `insight`: this one. `route`: this kind on this route, wherever it was started. `origin`: everything of this origin. */
export type DismissalScope = 'insight' | 'route' | 'origin'

/** The text that is kept: the same for the same insight in a later session. */
export type Dismissal = `${DismissalScope} ${string}`

/** Nobody dismisses more by hand; the oldest make room. */
export const MAX_DISMISSALS = 1_000
/** Characters of one: routes and call sites are chosen by pages, and may be of any length. */
const MAX_LENGTH = 1_000

type Subject = Pick<Insight, 'key' | 'kind' | 'route' | 'origin'>

/** Undefined where an insight has no such scope: operations of the app itself have no origin. */
export function dismissalOf({ key, kind, route, origin }: Subject, scope: DismissalScope): Dismissal | undefined {
  if (scope === 'origin') return origin === '' ? undefined : `origin ${origin}`
  // Two apps may have the same route; the origin tells them apart.
  const text = scope === 'insight' ? `${origin} ${key}` : `${origin} ${kind} ${route}`
  return `${scope} ${truncate(text, MAX_LENGTH)}`
}

/** The dismissals that cover an insight. */
export function dismissalsOf(insight: Subject, dismissed: ReadonlySet<string>): Dismissal[] {
  return (['insight', 'route', 'origin'] as const)
    .map(scope => dismissalOf(insight, scope))
    .filter(dismissal => dismissal !== undefined && dismissed.has(dismissal)) as Dismissal[]
}

/** What storage holds, as dismissals: it may have been written by another version. */
export function checkedDismissals(stored: unknown): Dismissal[] {
  if (!Array.isArray(stored)) return []
  const valid = stored.filter(each => typeof each === 'string' && /^(?:insight|route|origin) /.test(each))
  return [...new Set(valid as Dismissal[])].slice(-MAX_DISMISSALS)
}
