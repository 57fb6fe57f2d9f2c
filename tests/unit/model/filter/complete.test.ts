import fc from 'fast-check'
import { expect, test } from 'vitest'
import { completionAt, MAX_OPTIONS } from '../../../../model/filter/complete.ts'
import { createOccurringValues } from '../../../../model/filter/occurring-values.ts'
import { parseFilter } from '../../../../model/filter/parse.ts'
import { SessionModel } from '../../../../model/session/session-model.ts'
import { columnsOf, documentOf } from '../operation-rows.ts'

const NAMES = ['GET /users', 'load "all" users', 'checkout', '-odd', '/a/']

function session(): SessionModel {
  const model = new SessionModel(0)
  const rows = NAMES.map((name, i) => {
    const http = { method: i === 0 ? 'GET' : 'POST', url: `https://h${i}.example/users`, status: 200 + i }
    return { id: i + 1, name, kind: 'fetch' as const, outcome: 'ok' as const, start: i, duration: 1, detail: { http } }
  })
  const operations = [{ source: 1, columns: columnsOf(rows) }]
  model.apply({ type: 'batch', document: documentOf(), batch: { operations, memory: [], snapshots: [], losses: [] } })
  return model
}
const values = createOccurringValues(session())

function offered(text: string): string[] {
  return completionAt(text, text.length, values)?.options.map(({ insert }) => insert) ?? []
}

test('offers keys that start with what is typed', () => {
  expect(offered('ki')).toEqual(['kind:'])
  expect(offered('users -du')).toEqual(['-duration>'])
  expect(offered('s')).toEqual(['status:', 'size>', 'smaller-than:'])
  expect(offered('users ')).toContain('kind:')
  expect(offered('nothing')).toEqual([])
})

test('offers the values that occur', () => {
  expect(offered('method:')).toEqual(['method:GET ', 'method:POST '])
  expect(offered('status:')).toEqual([
    'status:2xx ',
    'status:200 ',
    'status:201 ',
    'status:202 ',
    'status:203 ',
    'status:204 ',
  ])
  expect(offered('-domain:h3')).toEqual(['-domain:h3.example '])
  expect(offered('outcome:c')).toEqual(['outcome:cancelled ', 'outcome:pending '].slice(0, 1))
  expect(offered('kind:fetch')).toEqual([])
  expect(offered('frame:')).toEqual(['frame:top '])
})

test('inserts text that parses without errors', () => {
  for (const insert of offered('name:'))
    expect(parseFilter(insert)).toMatchObject({ terms: [{ key: 'name' }], errors: [] })
  expect(offered('name:load')).toEqual(['name:"load \\"all\\" users" '])
  expect(offered('name:"load ')).toEqual(['name:"load \\"all\\" users" '])
})

test('never throws, and replaces only the term at the caret', () => {
  const pieces = fc.constantFrom('kind:', 'name:"', '-', ' ', 'users', '/a/', 'status:2', '"')
  fc.assert(
    fc.property(
      fc.array(fc.oneof(pieces, fc.string())).map(parts => parts.join('')),
      fc.nat(100),
      (text, at) => {
        const caret = Math.min(at, text.length)
        const completion = completionAt(text, caret, values)
        if (!completion) return
        expect(completion.from).toBeLessThanOrEqual(caret)
        expect(completion.to).toBeGreaterThanOrEqual(caret)
        expect(completion.options.length).toBeLessThanOrEqual(MAX_OPTIONS)
      },
    ),
  )
})
