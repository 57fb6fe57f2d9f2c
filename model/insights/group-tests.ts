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

/** Milliseconds: what is asked again so soon after it was answered is held open by the server until there is news. */
export const LONG_POLL_MS = 200
/** Milliseconds that it is held open, at least. */
const MIN_HELD_MS = 1_000
/** Members that are looked at. */
const MAX_LOOKED_AT = 500

/** Whether a route is asked again as soon as it has answered, and the server takes its time: there is news when it answers. */
export function isLongPoll(evidence: Evidence, { members }: Group): boolean {
  const looked = members.subarray(0, MAX_LOOKED_AT)
  let again = 0
  let held = 0
  let empty = 0
  for (const [i, position] of looked.entries()) {
    if (evidence.status(position) === 204) empty++
    if (evidence.duration(position) >= MIN_HELD_MS) held++
    if (i === 0) continue
    const gap = (evidence.start[position] as number) - (evidence.end[looked[i - 1] as number] as number)
    if (gap >= 0 && gap < LONG_POLL_MS) again++
  }
  if (held < looked.length / 2) return false
  return again >= Math.max(2, (looked.length - 1) / 2) || empty >= looked.length / 2
}
