// Node: compares what was found in a session with what was planted.

import { readFile } from '../../model/formats/read-file.ts'
import { stepsOfPart } from '../../model/formats/session/take-part.ts'
import { findInsights } from '../../model/insights/find-insights.ts'
import type { Confidence, InsightKind } from '../../model/insights/insight.ts'
import { SessionModel } from '../../model/session/session-model.ts'
import type { Label } from './generator/problems.ts'

/** A session, and what was planted in it. */
export interface LabelledSession {
  name: string
  /** Those that begin with "clean" have no problem. */
  suite: string
  labels: readonly Label[]
  /** The text of the file. */
  text: string
}

/** What a tool says of a session. */
export interface Claim {
  kind: InsightKind
  confidence: Confidence
  savedMs: number
  ids: readonly string[]
  sentence: string
}

export interface Score {
  found: { label: Label; claim: Claim }[]
  missed: Label[]
  /** Claims of what was not planted. */
  wrong: Claim[]
}

export async function openText(text: string): Promise<SessionModel> {
  let session: SessionModel | undefined
  await readFile(new Blob([text]), async part => {
    if (part.type === 'createdAt') session = new SessionModel(part.time)
    else if (session) for (const _ of stepsOfPart(session, part));
  })
  if (!session) throw new Error('no session')
  return session
}

export function claimsOf(session: SessionModel): Claim[] {
  const steps = findInsights(session)
  let step = steps.next()
  while (!step.done) step = steps.next()
  return step.value.ranked.map(({ kind, confidence, savedMs, rows, sentence }) => ({
    kind,
    confidence,
    savedMs,
    ids: rows.map(row => session.operations.idOf(row)),
    sentence,
  }))
}

/** A claim tells of a label when it is of its kind and of at least half of its operations; each claim of one label. */
export function scoreClaims(labels: readonly Label[], claims: readonly Claim[]): Score {
  const left = new Set(claims)
  const found: Score['found'] = []
  const missed: Label[] = []
  for (const label of labels) {
    const claim = [...left].find(each => each.kind === label.kind && coversHalf(label, each))
    if (claim) {
      left.delete(claim)
      found.push({ label, claim })
    } else missed.push(label)
  }
  return { found, missed, wrong: [...left] }
}

function coversHalf({ ids }: Label, claim: Claim): boolean {
  const own = new Set(claim.ids)
  return ids.filter(id => own.has(id)).length >= ids.length / 2
}
