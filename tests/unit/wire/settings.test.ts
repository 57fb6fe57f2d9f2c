import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkedSettings, DEFAULT_SETTINGS, type Settings } from '../../../wire/settings.ts'

test('nothing stored is the defaults', () => {
  for (const nothing of [undefined, null, 3, 'settings', [], {}]) {
    expect(checkedSettings(nothing)).toEqual(DEFAULT_SETTINGS)
  }
})

test('keeps what is valid, and takes the default for each that is not', () => {
  expect(
    checkedSettings({ keepDays: 30, maxTotalMb: '100', slowThresholdMs: -1, groupRoutes: false, more: 1 }),
  ).toEqual({ ...DEFAULT_SETTINGS, keepDays: 30, groupRoutes: false })
  expect(checkedSettings({ redactedParameters: ['code', 3, '', 'x'.repeat(1_000)] }).redactedParameters).toEqual([
    'code',
  ])
})

test('whatever is stored, settings are what their types say, and are the same when checked again', () => {
  const names = Object.keys(DEFAULT_SETTINGS)
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), fc.anything()), stored => {
      const settings = checkedSettings(stored)
      expect(Object.keys(settings)).toEqual(names)
      for (const name of names as (keyof Settings)[]) expect(typeof settings[name]).toBe(typeof DEFAULT_SETTINGS[name])
      expect(settings.redactedParameters.every(value => typeof value === 'string')).toBe(true)
      expect(checkedSettings(structuredClone(settings))).toEqual(settings)
    }),
  )
})

test.each([
  'http://localhost:4318',
  'http://127.0.0.1',
  'http://localhost:4318/otlp/',
  'http://localhost:65535/v1/traces',
])('the collector may be %s', collector => {
  expect(checkedSettings({ collector, collectorSince: 5 })).toMatchObject({ collector, collectorSince: 5 })
})

test.each([
  'localhost:4318',
  'https://localhost:4318',
  'http://localhost.example:4318',
  'http://localhost@collector.example',
  'http://127.0.0.1.example',
  'http://127.0.0.1:4318?to=collector.example',
  'http://[::1]:4318',
  'http://10.0.0.1:4318',
  'http://localhost:4318 ',
  'http://localhost:4318\n',
  7,
])('the collector may not be %j', collector => {
  expect(checkedSettings({ collector }).collector).toBe('')
})
