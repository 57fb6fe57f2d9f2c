import { expect, test } from 'vitest'
import { stackFrames } from '../../../../model/text/stack-frames.ts'

test.each([
  ['    at pay (https://shop.example/app.js?v=1:10:5)', 'https://shop.example/app.js?v=1', 10, 5],
  ['    at http://127.0.0.1:8080/a.js:3:7', 'http://127.0.0.1:8080/a.js', 3, 7],
  ['pay@http://localhost:1/a.js:3:7', 'http://localhost:1/a.js', 3, 7],
  ['(anonymous) https://shop.example/a%20b.js:1:2', 'https://shop.example/a%20b.js', 1, 2],
  ['    at http://x:1 (https://shop.example/a.js:1:2)', 'https://shop.example/a.js', 1, 2],
  ['async*pay@https://shop.example/a.js?u=http://b:1:2:3', 'https://shop.example/a.js?u=http://b:1', 2, 3],
])('finds the location in %s', (line, url, number, column) => {
  const [frame] = stackFrames(line)
  expect(frame?.place).toMatchObject({ url, line: number, column })
  expect(`${frame?.before}${frame?.place?.text}${frame?.after}`).toBe(line)
})

test('keeps lines without a location', () => {
  const stack = 'RangeError: no javascript:alert(1):2:3\n    at <anonymous>'
  expect(stackFrames(stack)).toEqual([
    { before: 'RangeError: no javascript:alert(1):2:3', after: '' },
    { before: '    at <anonymous>', after: '' },
  ])
})
