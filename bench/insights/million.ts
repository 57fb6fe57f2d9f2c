// Node: how long all insights of a very large session take, and how long the longest task is.

import { stepsOfPart } from '../../model/formats/session/take-part.ts'
import { findInsights } from '../../model/insights/find-insights.ts'
import { createImportedOperations, setIds } from '../../model/session/imported-operations.ts'
import { SessionModel } from '../../model/session/session-model.ts'
import { CUSTOM, FAILED, FETCH, OK, type OperationDetail } from '../../wire/operations.ts'
import { createRandom } from './generator/random.ts'

/** Operations of a part, as a file is read. */
const PART = 10_000

export interface Cost {
  operations: number
  totalMs: number
  longestTaskMs: number
  insights: number
}

/**
 * Half of them requests of 300 routes with details and stacks, half the app's own with parents. They come in bursts, at
 * no steady pace, to some URLs again and again; a route is slow now and then, another fails in a row.
 */
export function largeSession(operations: number, routes = 300): SessionModel {
  const random = createRandom(7)
  const createdAt = Date.UTC(2026, 9, 1)
  const session = new SessionModel(createdAt)
  session.documents.add({
    documentId: 'd0',
    frameId: 0,
    url: 'https://large.example/',
    title: '',
    userAgent: '',
    timeOrigin: createdAt,
    clockResolution: 0.1,
    navigationType: 'navigate',
    memoryAvailable: false,
  } as never)
  let now = createdAt
  for (let first = 0; first < operations; first += PART) {
    const count = Math.min(PART, operations - first)
    const rows = createImportedOperations(count)
    const details: [number, OperationDetail][] = []
    for (let i = 0; i < count; i++) {
      const number = first + i
      const isRequest = number % 2 === 0
      const route = (number >> 1) % routes
      now += random.chance(0.05) ? random.between(20, 150) : random.between(0, 2)
      rows.start[i] = now
      rows.duration[i] = random.around(route % 10 === 3 && random.chance(0.05) ? 900 : 60, 0.5)
      rows.kind[i] = isRequest ? FETCH : CUSTOM
      rows.outcome[i] = random.chance(route % 50 === 7 ? 0.6 : 0.02) ? FAILED : OK
      rows.document[i] = 0
      rows.parent[i] = !isRequest && number % 20 !== 1 ? number - (number % 20) + 2 : 0
      const path = `/api/things${route}/${route % 3 === 0 ? number % 7 : number % 5_000}`
      rows.name[i] = rows.strings.push(isRequest ? `GET ${path}` : `work ${route % 50}`) - 1
      if (!isRequest) continue
      details.push([
        i,
        {
          http: {
            method: 'GET',
            url: `https://large.example${path}`,
            status: rows.outcome[i] === FAILED ? 500 : 200,
            headersDuration: (rows.duration[i] as number) - 2,
            transferSize: 2_300,
            encodedBodySize: 2_000,
            decodedBodySize: 6_000,
            phases: { queued: 1, wait: 50, receive: 2 },
            protocol: 'h2',
            stack: [
              `at load${route} (https://large.example/app.js:${route}:1)`,
              'at main (https://large.example/app.js:1:1)',
            ],
          },
        },
      ])
    }
    rows.details = details
    setIds(
      rows.ids,
      Array.from({ length: count }, (_, i) => `1.1.${first + i + 1}`),
    )
    setIds(
      rows.parentIds,
      Array.from(rows.parent, parent => (parent === 0 ? undefined : `1.1.${parent}`)),
    )
    for (const _ of stepsOfPart(session, { type: 'operations', operations: rows }));
  }
  return session
}

export function costOf(session: SessionModel): Cost {
  const start = performance.now()
  let longestTaskMs = 0
  const steps = findInsights(session)
  for (;;) {
    const from = performance.now()
    const step = steps.next()
    longestTaskMs = Math.max(longestTaskMs, performance.now() - from)
    if (step.done) {
      const totalMs = performance.now() - start
      return { operations: session.operations.length, totalMs, longestTaskMs, insights: step.value.ranked.length }
    }
  }
}
