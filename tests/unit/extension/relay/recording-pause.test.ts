import { expect, test } from 'vitest'
import { createRecordingPause } from '../../../../extension/relay/recording-pause.ts'
import type { RawBatch } from '../../../../wire/batch.ts'
import { rawColumnsOf, type TestRow } from '../../model/operation-rows.ts'

const row = (name: string, start: number, duration?: number): TestRow => ({
  id: start + 1,
  name,
  outcome: duration === undefined ? 'pending' : 'ok',
  start,
  ...(duration === undefined ? {} : { duration }),
})

const batchOf = (...rows: TestRow[]): RawBatch => ({
  operations: rows.length > 0 ? [{ source: 1, columns: rawColumnsOf(rows) }] : [],
  memory: [],
  snapshots: [],
  losses: [],
})

const namesOf = ({ operations }: RawBatch): (string | undefined)[] =>
  operations.flatMap(({ columns: { name, strings } }) => Array.from(name, index => strings[index]))

test('forwards of a pause only what had begun before it or ends after it', () => {
  const pause = createRecordingPause()
  pause.begin(100)
  pause.end(200)
  const batch = batchOf(row('before', 50, 80), row('within', 120, 30), row('out of it', 150, 90), row('runs', 160))
  batch.snapshots = [150, 250].map(time => ({ label: 's', time }))
  batch.losses = [{ reason: 'buffer-full', count: 3 }]
  pause.leaveOut(batch)
  expect(namesOf(batch)).toEqual(['before', 'out of it', 'runs'])
  expect([batch.snapshots.map(({ time }) => time), batch.losses]).toEqual([[250], []])
  const later = { ...batchOf(row('after', 300, 10)), losses: [{ reason: 'buffer-full' as const, count: 1 }] }
  pause.leaveOut(later)
  expect([namesOf(later), later.losses.length]).toEqual([['after'], 1])
})

test('forwards the end of an operation that was reported as pending after the pause', () => {
  const pause = createRecordingPause()
  pause.begin(100)
  pause.end(200)
  pause.leaveOut(batchOf(row('runs', 160), row('within', 120, 30)))
  const ends = batchOf(row('runs', 160, 5), row('within', 121, 30))
  pause.leaveOut(ends)
  expect(namesOf(ends)).toEqual(['runs'])
})

test('forwards in a pause what had begun before it, when the page is left', () => {
  const pause = createRecordingPause()
  pause.begin(100)
  const batch = batchOf(row('before', 50, 80), row('runs', 60), row('within', 120, 30), row('runs since', 130))
  batch.losses = [{ reason: 'buffer-full', count: 3 }]
  pause.leaveOut(batch)
  expect([namesOf(batch), batch.losses]).toEqual([['before', 'runs'], []])
})

test('leaves nothing out while there was no pause, and everything of a batch from within one', () => {
  const pause = createRecordingPause()
  const batch = batchOf(row('a', 1, 2))
  pause.leaveOut(batch)
  expect(namesOf(batch)).toEqual(['a'])
  pause.begin(100)
  pause.end(200)
  const paused = batchOf(row('paused', 110, 5))
  pause.leaveOut(paused)
  expect(paused.operations).toEqual([])
})
