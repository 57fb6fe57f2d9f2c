// Node: a very large session of the app's own operations, with as many names as wanted.
import { stepsOfPart } from '../../model/formats/session/take-part.ts'
import { createImportedOperations, setIds } from '../../model/session/imported-operations.ts'
import { SessionModel } from '../../model/session/session-model.ts'
import { FAILED, OK } from '../../wire/operations.ts'
import { createRandom } from '../insights/generator/random.ts'

/** Operations of a part, as a file is read. */
const PART = 10_000

export function largeSession(operations: number, names: number, seed = 1): SessionModel {
  const random = createRandom(seed)
  const session = new SessionModel(Date.UTC(2026, 9, 1))
  for (let first = 0; first < operations; first += PART) {
    const count = Math.min(PART, operations - first)
    const rows = createImportedOperations(count)
    for (let i = 0; i < count; i++) {
      rows.start[i] = session.createdAt + (first + i) * 4
      rows.duration[i] = random.around(60, 0.5)
      rows.outcome[i] = random.chance(0.02) ? FAILED : OK
      rows.document[i] = 0
      rows.name[i] = rows.strings.push(`work ${(first + i) % names}`) - 1
    }
    const ids = Array.from({ length: count }, (_, i) => `1.1.${first + i + 1}`)
    setIds(rows.ids, ids)
    setIds(
      rows.parentIds,
      ids.map(() => undefined),
    )
    for (const _ of stepsOfPart(session, { type: 'operations', operations: rows }));
  }
  return session
}
