import { expect, test } from 'vitest'
import type { Insights } from '../../../../model/insights/find-insights.ts'
import type { Insight } from '../../../../model/insights/insight.ts'
import { selectInsights } from '../../../../model/insights/select-insights.ts'

const insights = (...partOf: (number | undefined)[]): Insights => ({
  ranked: partOf.map((of, i) => ({ key: `k${i + 1}`, ...(of ? { partOf: of } : {}) }) as Insight),
  ran: [],
  skipped: [],
  operations: 9,
  limitedRoutes: 0,
})
const without = (...keys: string[]) => {
  const { ranked } = selectInsights(insights(undefined, undefined, 2, 1), ({ key }) => !keys.includes(key))
  return ranked.map(({ key, partOf }) => `${key}${partOf ? ` part of ${partOf}` : ''}`)
}

test('keeps references to other insights right when some are left out', () => {
  expect(without()).toEqual(['k1', 'k2', 'k3 part of 2', 'k4 part of 1'])
  expect(without('k1')).toEqual(['k2', 'k3 part of 1', 'k4'])
  expect(without('k2')).toEqual(['k1', 'k3', 'k4 part of 1'])
  expect(without('k1', 'k2', 'k3')).toEqual(['k4'])
})
