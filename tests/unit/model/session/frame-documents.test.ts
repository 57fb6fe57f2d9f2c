import { expect, test } from 'vitest'
import type { DocumentNumber } from '../../../../model/numbers.ts'
import { FrameDocuments } from '../../../../model/session/frame-documents.ts'
import { documentOf } from '../operation-rows.ts'

test('the next document of a frame replaces the one before', () => {
  const frames = new FrameDocuments()
  expect(frames.show(0 as DocumentNumber, documentOf({ timeOrigin: 1 }))).toEqual([])
  expect(frames.show(1 as DocumentNumber, documentOf({ timeOrigin: 2, frameId: 5 }))).toEqual([])
  expect(frames.show(2 as DocumentNumber, documentOf({ timeOrigin: 3, frameId: 5 }))).toEqual([1])
  expect(([0, 1, 2] as DocumentNumber[]).map(number => frames.isLeft(number))).toEqual([false, true, false])
})

test('the next document of the top frame replaces those of all frames', () => {
  const frames = new FrameDocuments()
  frames.show(0 as DocumentNumber, documentOf({ timeOrigin: 1 }))
  frames.show(1 as DocumentNumber, documentOf({ timeOrigin: 2, frameId: 5 }))
  expect(frames.show(2 as DocumentNumber, documentOf({ timeOrigin: 3 }))).toEqual([0, 1])
})

test('a new recording of the same document does not replace it', () => {
  const frames = new FrameDocuments()
  frames.show(0 as DocumentNumber, documentOf({ timeOrigin: 1 }))
  expect(frames.show(1 as DocumentNumber, documentOf({ timeOrigin: 1, stream: 'again' }))).toEqual([])
  expect(frames.show(2 as DocumentNumber, documentOf({ timeOrigin: 2 }))).toEqual([0, 1])
})

test('a document that is shown again is not left', () => {
  const frames = new FrameDocuments()
  frames.show(0 as DocumentNumber, documentOf({ timeOrigin: 1 }))
  frames.show(1 as DocumentNumber, documentOf({ timeOrigin: 2 }))
  expect(frames.show(0 as DocumentNumber, documentOf({ timeOrigin: 1 }))).toEqual([1])
  expect(([0, 1] as DocumentNumber[]).map(number => frames.isLeft(number))).toEqual([false, true])
})

test('a document whose first record is a batch is shown, unless a later document has replaced it', () => {
  const frames = new FrameDocuments()
  frames.note(0 as DocumentNumber, documentOf({ timeOrigin: 1 }))
  frames.note(1 as DocumentNumber, documentOf({ timeOrigin: 2, frameId: 5 }))
  expect(frames.show(2 as DocumentNumber, documentOf({ timeOrigin: 3 }))).toEqual([0, 1])
  frames.note(0 as DocumentNumber, documentOf({ timeOrigin: 1 }))
  frames.note(3 as DocumentNumber, documentOf({ timeOrigin: 1, stream: 'late' }))
  frames.note(4 as DocumentNumber, documentOf({ timeOrigin: 2, frameId: 6, stream: 'late too' }))
  expect(([0, 1, 2, 3, 4] as DocumentNumber[]).map(number => frames.isLeft(number))).toEqual([
    true,
    true,
    false,
    true,
    true,
  ])
  expect(frames.leaveAll()).toEqual([2])
})
