import { expect, test } from 'vitest'
import { checkedBatch } from '../../../../extension/background/batch-guard.ts'

const empty = { operations: [], memory: [], snapshots: [], losses: [] }

test('passes long tasks on, and counts what is none', () => {
  const longTasks = [{ start: 5, duration: 60 }, { start: 6, duration: -1 }, 'x', { start: 7 }]
  expect(checkedBatch({ ...empty, longTasks, longTasksDropped: 2 })).toEqual({
    ...empty,
    longTasks: [{ start: 5, duration: 60 }],
    longTasksDropped: 2,
    losses: [{ reason: 'malformed', count: 3 }],
  })
  expect(checkedBatch({ ...empty, longTasksDropped: -1 })).toEqual(empty)
})

test('takes a time of ours that can be one', () => {
  expect(checkedBatch({ ...empty, overheadMs: 0.5 })).toEqual({ ...empty, overheadMs: 0.5 })
  for (const overheadMs of [-1, Number.NaN, Number.POSITIVE_INFINITY, '3', null]) {
    expect(checkedBatch({ ...empty, overheadMs })).toEqual(empty)
  }
})

test('takes the moment of a Clear, if it is one', () => {
  expect(checkedBatch({ ...empty, clearedAt: 0.5 })).toEqual({ ...empty, clearedAt: 0.5 })
  expect(checkedBatch({ ...empty, clearedAt: '3' })).toEqual(empty)
})
