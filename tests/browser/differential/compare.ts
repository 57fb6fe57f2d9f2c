// Test (Node): compares two records of a case, word for word but for the differences that are known.
import { expect } from 'playwright/test'
import type { CaseRecord } from './case-set.ts'
import { type Json, KNOWN_DIFFERENCES, type KnownDifference } from './known-differences.ts'

/** Fails unless the records are alike, and differ exactly as is known. */
export function expectAlike(
  name: string,
  native: CaseRecord,
  ours: CaseRecord,
  differences: readonly KnownDifference[] = KNOWN_DIFFERENCES,
): void {
  const explained = structuredClone(ours)
  for (const known of differences) {
    if (known.case !== name) continue
    const { owner, key } = placeOf(explained, known.at)
    const nativePlace = placeOf(native, known.at)
    if ('oursAlso' in known) owner[key] = without(owner[key], known.oursAlso)
    else {
      expect(nativePlace.owner[nativePlace.key], `${known.at}, natively`).toEqual(known.native)
      expect(owner[key], `${known.at}, with us`).toEqual(known.ours)
      owner[key] = known.native
    }
  }
  expect(explained).toEqual(native)
}

type Container = Record<string, Json | undefined>

function placeOf(record: CaseRecord, path: string): { owner: Container; key: string } {
  const keys = path.split('.')
  const key = keys.pop() ?? ''
  let owner = record as unknown as Container
  for (const step of keys) owner = owner[step] as Container
  return { owner, key }
}

/** `found` without the first of each of `also`; fails if one is not there. */
function without(found: Json | undefined, also: readonly string[]): Json {
  const rest = [...(found as readonly Json[])]
  for (const each of also) {
    expect(rest).toContain(each)
    rest.splice(rest.indexOf(each), 1)
  }
  return rest
}
