import { expect, test } from 'vitest'
import {
  DETAIL_FIELDS,
  DEVTOOLS_FIELDS,
  declared,
  FIELDS_BY_KEY,
  HTTP_FIELDS,
  REQUEST_FIELDS,
} from '../../../model/operation-fields.ts'
import { createFormatters } from '../../../model/text/formatters.ts'
import { requestFieldTexts } from '../../../model/text/request-field-text.ts'
import schema from '../../../session/session.schema.json' with { type: 'json' }

const { $defs } = schema

test.each<[string, object | undefined, object]>([
  ['a request', HTTP_FIELDS, $defs.http.properties],
  ['what DevTools saw of it', DEVTOOLS_FIELDS, $defs.devtoolsRequest.properties],
  ['a connection', DETAIL_FIELDS.connection.members, $defs.connection.properties],
  ['an error', DETAIL_FIELDS.error.members, $defs.error.properties],
  ['phases', HTTP_FIELDS.phases.members, $defs.phases.properties],
  ['an initiator', DEVTOOLS_FIELDS.initiator.members, $defs.devtoolsRequest.properties.initiator.properties],
])('the fields of %s are those of the schema, in the same order', (_, fields, properties) => {
  expect(Object.keys(fields ?? {})).toEqual(Object.keys(properties))
})

test('keeps only declared fields, in their order, and none of the prototype', () => {
  const http = Object.assign(Object.create({ status: 500 }), { secret: 1, status: undefined, url: 'u', method: 'GET' })
  const detail = { internal: true, http, metadata: { secret: 1, url: 'x' } }
  expect(JSON.stringify(declared(detail, DETAIL_FIELDS))).toBe(
    '{"metadata":{"secret":1,"url":"x"},"http":{"method":"GET","url":"u"}}',
  )
})

test('no two fields share a label or a key', () => {
  const labels = REQUEST_FIELDS.flatMap(({ label }) => label ?? [])
  expect(new Set(labels).size).toBe(labels.length)
  const keys = REQUEST_FIELDS.flatMap(({ filter }) => (filter && 'key' in filter ? filter.key : []))
  expect([...FIELDS_BY_KEY.keys()]).toEqual(keys)
})

test('lists the optional fields of a request that it has', () => {
  const phases = {}
  const devtools = { url: '', method: '', status: 503, type: 'fetch', startTime: 1, duration: 2, phases }
  const http = {
    method: 'POST',
    url: '/',
    headersDuration: 1_500,
    fromCache: true as const,
    devtools: { ...devtools, requestBodySize: 2_000, mimeType: 'text/html', etag: '"a"', retryAfter: '120' },
  }
  const texts = requestFieldTexts(http, createFormatters('en-US'), 0.1)
  expect(texts.map(({ label, text }) => `${label}: ${text.replaceAll('\u00a0', ' ')}`)).toEqual([
    'To headers: 1.50 s',
    'Served from: HTTP cache',
    'Request body: 2.00 kB',
    'MIME type: text/html',
    'ETag: "a"',
    'Retry-After: 120',
  ])
  expect(requestFieldTexts({ method: 'GET', url: '/' }, createFormatters('en-US'), 0.1)).toEqual([])
})
