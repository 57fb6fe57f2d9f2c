import { afterEach, expect, test } from 'vitest'
import { MAX_SOURCES, offerSource, openDoor, type Source } from '../../../monitor/door.ts'

const DOOR = Symbol.for('perf-devtools.door.1')
const realm = globalThis as { [DOOR]?: unknown }

const createSource = (): Source => ({ listen() {}, read: () => ({ lost: 0, more: false }) })

afterEach(() => {
  Reflect.deleteProperty(realm, DOOR)
})

test('is one for all who open it, and not seen by who lists the globals', () => {
  expect(openDoor()).toBe(openDoor())
  expect(realm[DOOR]).toBe(openDoor())
  expect(Object.getOwnPropertyDescriptor(realm, DOOR)?.enumerable).toBe(false)
})

test('shows a recorder what was offered before it came, and tells it of what comes later', () => {
  const [early, late] = [createSource(), createSource()]
  offerSource(early)
  const door = openDoor()
  expect(door.sources).toEqual([early])
  const told: Source[] = []
  door.onSource = source => told.push(source)
  offerSource(late)
  expect(told).toEqual([late])
  expect(door.sources).toEqual([early, late])
})

test('holds a bounded number of sources', () => {
  for (let i = 0; i < MAX_SOURCES + 5; i++) offerSource(createSource())
  expect(openDoor().sources).toHaveLength(MAX_SOURCES)
})

test.each([undefined, null, 5, 'text', {}, { sources: 'text' }])('is made anew where a page has put %o', found => {
  realm[DOOR] = found
  const source = createSource()
  offerSource(source)
  expect(openDoor().sources).toEqual([source])
})
