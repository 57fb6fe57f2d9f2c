// Any world: what an insight is, and what a detector has to be.
import type { Row } from '../numbers.ts'
import type { Evidence } from './evidence.ts'
import type { InsightKind } from './insight-kinds.ts'
import type { Span } from './spans.ts'

export { INSIGHT_KINDS, type InsightKind } from './insight-kinds.ts'

/**
 * How sure an insight is. `certain`: the fact that is stated is in the data. `likely`: the fact is, and the remedy follows
 * unless something that was not recorded forbids it. `possible`: one fact that it depends on is missing.
 */
export type Confidence = 'certain' | 'likely' | 'possible'

/** What a detector found, before insights are ranked against each other. Times are milliseconds. */
export interface Finding {
  kind: InsightKind
  /** The route, origin or operation name that it is about, as the list groups by. */
  route: string
  confidence: Confidence
  /** An upper bound of what a user would wait less; 0 where nobody waits for it. */
  savedMs: number
  /** How many operations are in it. */
  count: number
  /** The operations that show it: positions in the evidence, by start. */
  evidence: readonly number[]
  /** The spans that would go away, where `savedMs` is not simply their union: start and end, in epoch milliseconds. */
  removes: readonly Span[]
  /** Operations that failed for the user. */
  failures?: number
  /** Bytes or requests that are wasted without anybody waiting for them. */
  waste?: { requests?: number; bytes?: number }
  /** Whether nobody waits for these operations: polls, beacons, work of hidden pages. */
  background?: true
  /** The fact, in one sentence. */
  sentence: string
  /** What to do about it, with its condition. */
  remedy: string
  /** What speaks against it, or is not known. */
  caveats: readonly string[]
  /** Where in the code the operations were started, the innermost frame of the app first. */
  callSite?: readonly string[]
}

/**
 * Why the app's own team can't change it. `other-site`: a server of somebody else. `local-server`: a server on this
 * computer, which users don't reach.
 */
export type Apart = 'other-site' | 'local-server'

/** A finding in its place among all. */
export interface Insight extends Omit<Finding, 'evidence' | 'removes'> {
  /** The same for the same kind, route and call site in any session: what a user dismisses. */
  key: string
  /** The origin of its requests; empty for the app's own operations, and where they went to several. */
  origin: string
  /** The operations that show it, as rows of the session, by start. */
  rows: readonly Row[]
  /** The number of the insight that would save the same time already, counted from 1. */
  partOf?: number
  /** Why the app's own team can't change it; absent where it can. Such insights come last. */
  apart?: Apart
  score: number
}

export interface Detector {
  readonly kind: InsightKind
  /** A heading: a few words. */
  readonly title: string
  /** The rule with its thresholds, in words, as docs/insights.md has it. */
  readonly rule: string
  /** Why it cannot be checked in this session; undefined where it can. */
  cannotRun?(evidence: Evidence): string | undefined
  /** What of requests it judges by: where none of them has it, nothing found means nothing. */
  readonly needs?: 'phases' | 'sizes'
  /** Yields now and then, so that no task is long. */
  find(evidence: Evidence): Generator<void, Finding[]>
}
