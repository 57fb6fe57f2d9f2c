import { expect, test } from 'vitest'
import { GapList } from '../../../../model/session/gap-list.ts'
import { createFormatters } from '../../../../model/text/formatters.ts'
import { lossTexts, lostText, reasonText } from '../../../../model/text/gap-text.ts'
import type { SessionGap } from '../../../../session/format.ts'
import schema from '../../../../session/session.schema.json' with { type: 'json' }

const formatters = createFormatters('en-US')

test('describes each reason in the words of the schema', () => {
  const { enum: reasons, description } = schema.$defs.gap.properties.reason
  const texts = (reasons as SessionGap['reason'][]).map(reason => `${reason}: ${reasonText(reason)}.`)
  expect(texts.join(' ')).toBe(description)
})

test('says how much was lost, and of what', () => {
  expect(lostText({ reason: 'backpressure', count: 1 }, formatters)).toBe('1 operation lost')
  expect(lostText({ reason: 'samples', count: 1_200 }, formatters)).toBe('1,200 samples lost')
  expect(lostText({ reason: 'page-crashed' }, formatters)).toBe('unknown amount lost')
})

test('adds up losses by reason', () => {
  const gaps = new GapList()
  expect(lossTexts(gaps, formatters)).toEqual([])
  gaps.recording(false, 0)
  gaps.recording(true, 10)
  gaps.losses([{ reason: 'backpressure', count: 2 }], 10, 20, 'd')
  gaps.losses([{ reason: 'backpressure', count: 3 }], 20, 30, 'd')
  gaps.longTasks(1, 20, 30, 'd')
  expect(lossTexts(gaps, formatters)).toEqual([
    '5 operations lost: operations ended faster than they could be stored',
    '1 long task lost: there were more long tasks than are recorded',
  ])
})
