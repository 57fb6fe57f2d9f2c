// Test (Node): makes records of two servers and two moments alike, and nothing else.
import type { CaseRecord } from './case-set.ts'
import type { ServedCase } from './server/case-server.ts'

const VARYING: readonly (readonly [RegExp, string])[] = [
  [/----WebKitFormBoundary\w+/g, 'BOUNDARY'],
  [/blob:http:\/\/SERVER\/[0-9a-f-]{36}/g, 'blob:http://SERVER/UUID'],
  [/chrome-extension:\/\/[a-p]{32}/g, 'chrome-extension://ID'],
]

export function normalize(record: CaseRecord, { host, otherHost }: ServedCase): CaseRecord {
  let text = JSON.stringify(record)
  for (const [varying, name] of [
    [host, 'SERVER'],
    [otherHost, 'OTHER'],
  ] as const) {
    text = text.replaceAll(varying, name).replaceAll(encodeURIComponent(varying), name)
  }
  for (const [varying, name] of VARYING) text = text.replaceAll(varying, name)
  return JSON.parse(text) as CaseRecord
}
