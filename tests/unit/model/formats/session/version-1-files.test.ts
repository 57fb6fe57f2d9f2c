// Test: files of format version 1, as they were exported when it was the current version. They must always open.
import { readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { SessionFile } from '../../../../../session/format.ts'
import { schemaErrors } from '../../../../browser/session-schema.ts'
import { exported, imported, parsed } from './imported.ts'

const DIRECTORY = new URL('../../../../fixtures/sessions/v1/', import.meta.url)
const FILES = readdirSync(DIRECTORY)

/** The rows of a version 1 file: what has to be there once it is open. */
function rowsOf(bytes: Buffer, name: string): Pick<SessionFile, 'operations' | 'documents' | 'memory' | 'snapshots'> {
  return JSON.parse((name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'))
}

function outcomes(operations: SessionFile['operations']): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { outcome } of operations) counts[outcome] = (counts[outcome] ?? 0) + 1
  return counts
}

test('there are version 1 files to open', () => {
  expect(FILES.length).toBeGreaterThanOrEqual(12)
})

for (const name of FILES) {
  test(`opens ${name}, and exports a valid session of it`, async () => {
    const bytes = readFileSync(new URL(name, DIRECTORY))
    const file = rowsOf(bytes, name)
    const session = await parsed(await exported(await imported(new Blob([bytes]))))
    expect(schemaErrors(session)).toEqual([])
    expect(outcomes(session.operations)).toEqual(outcomes(file.operations))
    for (const list of ['operations', 'documents', 'memory', 'snapshots'] as const) {
      expect(session[list].length, list).toBe(file[list].length)
    }
    const names = ({ operations }: Pick<SessionFile, 'operations'>) => operations.map(each => each.operationName).sort()
    expect(names(session)).toEqual(names(file))
  })
}
