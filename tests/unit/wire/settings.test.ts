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
