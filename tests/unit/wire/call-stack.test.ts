// Test (Node): what is kept of a call stack.
import { expect, test } from 'vitest'
import { pageFrames } from '../../../wire/call-stack.ts'

test('keeps the frames of the page, without secrets, and takes linear time for a source URL that the page chose', () => {
  const frames = [
    'Error',
    '    at apply (chrome-extension://own/injected/main.js:1:2)',
    '    at load (https://host/?token=s3cret:3:4)',
  ]
  const long = ['a'.repeat(40_000), 'a:'.repeat(20_000), `https://host/${':1'.repeat(20_000)}x`]
  const kept = pageFrames([...frames, ...long.map(url => `    at f (${url}:1:2)`)].join('\n'))
  expect(kept.split('\n')[0]).toBe('at load (https://host/?token=REDACTED:3:4)')
})
