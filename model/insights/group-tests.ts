// Any world: what detectors ask of groups and operations alike.
import type { Evidence, Group } from './evidence.ts'
import { isRequestKind } from './evidence.ts'

/** Fetches and XMLHttpRequests that read from an API, as far as the URL tells. */
export function readsApi(group: Group): boolean {
  if (!isRequestKind(group.kind)) return false
  const { isAsset, isTile, isDownload } = group.url
  if (isAsset || isTile || isDownload) return false
  return group.method === 'GET' || group.method === '' || group.isGraphql
}

/** Whether a route has an id, a hash, a date or an e-mail address in its path. */
export function hasIdentifier(route: string): boolean {
  return /:(?:id|hash|date|email)\b/.test(route)
}

/** Methods that change nothing on the server: RFC 9110 §9.2.1. */
export function isSafe(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS' || method === ''
}

/** The frames that a group's operations have in common, innermost first: where a reader should look. */
export function callSiteOf(evidence: Evidence, positions: readonly number[]): readonly string[] | undefined {
  const stacks = positions
    .slice(0, MAX_SITES)
    .map(position => evidence.facts(position).stack)
    .filter(stack => stack.length > 0)
  const [first, ...others] = stacks
  if (!first) return undefined
  const shared = first.filter(frame => others.every(stack => stack.includes(frame)))
  const frames = (shared.length > 0 ? shared : first).slice(0, MAX_FRAMES)
  return frames
}

/** Operations whose stacks are compared, and frames that are given. */
const MAX_SITES = 20
const MAX_FRAMES = 5
