// Test (Node): what is running is reported again after Clear, as it was reported last.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRunningOperations, MAX_RUNNING } from '../../../../extension/relay/running-operations.ts'
import type { RawBatch } from '../../../../wire/batch.ts'
import { createOperationColumns, KINDS, OUTCOMES, type RawOperationColumns } from '../../../../wire/operations.ts'
import { createRawRequestColumns } from '../../../../wire/request-columns.ts'

interface Row {
  id: number
  name: string
  ended: boolean
}

function batchOf(source: number, rows: readonly Row[], requests = false): RawBatch {
  const columns = createOperationColumns(rows.length, requests ? createRawRequestColumns(rows.length) : undefined)
  for (const [i, { id, name, ended }] of rows.entries()) {
    columns.id[i] = id
    columns.kind[i] = KINDS.indexOf(requests ? 'fetch' : 'custom')
    columns.outcome[i] = OUTCOMES.indexOf(ended ? 'ok' : 'pending')
    columns.duration[i] = ended ? 1 : Number.NaN
    columns.start[i] = id * 2
    columns.parent[i] = id - 1
    columns.name[i] = columns.strings.push(name) - 1
    columns.requests?.methods.push('GET')
    columns.requests?.urls.push(`/${name}`)
    if (!requests) columns.details.push([i, { metadata: { name } }])
  }
  return { operations: [{ source, columns }], memory: [], snapshots: [], losses: [] }
}

function rowsOf({ id, name, start, parent, outcome, duration, strings, details }: RawOperationColumns) {
  const detailOf = new Map(details)
  return Array.from(id, (each, row) => {
    expect([OUTCOMES[outcome[row] ?? 1], duration[row]]).toEqual(['pending', Number.NaN])
    expect([start[row], parent[row]]).toEqual([each * 2, each - 1])
    return [each, strings[name[row] ?? 0], detailOf.get(row)] as const
  })
}

const row = fc.record({ id: fc.integer({ min: 1, max: 20 }), name: fc.string(), ended: fc.boolean() })
const batches = fc.array(fc.record({ source: fc.constantFrom(0, 1), rows: fc.array(row) }))

test('reports what is pending and has not ended, of each source, as it was reported last', () => {
  fc.assert(
    fc.property(batches, all => {
      const running = createRunningOperations()
      const expected = new Map([0, 1].map(source => [source, new Map<number, string>()]))
      for (const { source, rows } of all) {
        running.note(batchOf(source, rows))
        const known = expected.get(source)
        for (const { id, name, ended } of rows) {
          if (ended) known?.delete(id)
          else known?.set(id, name)
        }
      }
      const batch = running.report()
      for (const [source, known] of expected) {
        const found = batch?.operations.find(each => each.source === source)
        expect(found ? rowsOf(found.columns) : []).toEqual(
          [...known].map(([id, name]) => [id, name, { metadata: { name } }]),
        )
      }
      expect(batch === undefined).toBe([...expected.values()].every(({ size }) => size === 0))
    }),
  )
})

test('counts each operation once, pending and ended, requests too', () => {
  fc.assert(
    fc.property(batches, fc.boolean(), (all, requests) => {
      const running = createRunningOperations()
      const pending = new Set<string>()
      for (const { source, rows } of all) {
        let added = 0
        for (const { id, ended } of rows) {
          const key = `${source}.${id}`
          if (!pending.has(key)) added++
          if (ended) pending.delete(key)
          else pending.add(key)
        }
        expect(running.note(batchOf(source, rows, requests))).toBe(added)
      }
    }),
  )
})

test('leaves requests out: DevTools may report their end', () => {
  const running = createRunningOperations()
  running.note(batchOf(2, [{ id: 1, name: 'a', ended: false }], true))
  expect(running.report()).toBeUndefined()
})

test('keeps no more than its bound', () => {
  const running = createRunningOperations()
  const rows = Array.from({ length: MAX_RUNNING + 5 }, (_, i) => ({ id: i + 1, name: 'x', ended: false }))
  running.note(batchOf(0, rows))
  expect(running.report()?.operations[0]?.columns.id).toHaveLength(MAX_RUNNING)
})
