import { expect, test } from 'vitest'
import { groupByName, groupByRoute } from '../../../../model/analysis/grouping.ts'
import type { Row } from '../../../../model/numbers.ts'
import { sessionOf, type TestRow } from '../operation-rows.ts'

/** @param name of the request; without a method it was made before DevTools was opened. */
function request(name: string, kind: TestRow['kind'] = 'fetch'): Omit<TestRow, 'id'> {
  const [path = '', method = ''] = name.split(' ').reverse()
  const source = method === '' ? { source: 'resource-timing' as const } : {}
  const http = { method, url: `https://shop.example${path}`, ...source }
  return { name, kind, outcome: 'ok', start: 10, duration: 5, detail: { http } }
}

const custom = (name: string): Omit<TestRow, 'id'> => ({ name, outcome: 'ok', start: 10, duration: 5 })

function groupsOf(rows: Omit<TestRow, 'id'>[], how: typeof groupByName): string[] {
  const { operations } = sessionOf(rows)
  const { groupOf, nameOf } = how(operations)
  return rows.map((_, row) => nameOf(groupOf(row as Row)))
}

test.each([
  ['name', groupByName],
  ['route', groupByRoute],
])('puts a request without a method into the group of its %s', (_, how) => {
  const rows = [
    request('/api/users'),
    request('GET /api/users'),
    request('POST /api/carts', 'xhr'),
    request('/api/carts'),
  ]
  expect(groupsOf(rows, how)).toEqual(['GET /api/users', 'GET /api/users', 'POST /api/carts', 'POST /api/carts'])
})

test.each([
  ['two groups have its name', [request('/api/users'), request('GET /api/users'), request('PUT /api/users')]],
  ['no group has its name', [request('/api/users'), request('GET /api/carts')]],
  ['a connection has its name', [request('/api/users'), { ...request('WS /api/users', 'websocket'), detail: {} }]],
])('keeps it in a group of its own if %s', (_, rows) => {
  expect(groupsOf(rows, groupByRoute)[0]).toBe('/api/users')
})

test('compares routes, not paths', () => {
  expect(groupsOf([request('/users/17'), request('GET /users/4711')], groupByRoute)).toEqual([
    'GET /users/:id',
    'GET /users/:id',
  ])
})

test('leaves alone what the page has named itself', () => {
  const rows = [custom('/api/users'), request('GET /api/users'), custom('poll /api/carts'), request('/api/carts')]
  const names = ['/api/users', 'GET /api/users', 'poll /api/carts', '/api/carts']
  expect(groupsOf(rows, groupByName)).toEqual(names)
  expect(groupsOf(rows, groupByRoute)).toEqual(names)
})

test('joins a group that appears later', () => {
  const { operations } = sessionOf([request('/api/users')])
  const { groupOf, nameOf } = groupByRoute(operations)
  expect(nameOf(groupOf(0 as Row))).toBe('/api/users')
  operations.names.add('DELETE /api/users')
  expect(nameOf(groupOf(0 as Row))).toBe('DELETE /api/users')
})
