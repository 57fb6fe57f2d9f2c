// Test (Node): the README's examples run as they stand, in Node.
import { expect, test } from 'vitest'
import { bundleExamples, EXPECTED_NAMES, type ExampleOutcome } from './readme-examples.ts'

test("the README's examples run in Node", async () => {
  const code = await bundleExamples(true, 'node')
  await import(`data:text/javascript,${encodeURIComponent(code)}`)
  const { examples } = globalThis as unknown as { examples: () => Promise<ExampleOutcome> }
  const outcome = await examples()
  expect(outcome).toMatchObject({ order: { items: 3 }, totalOperations: 2, failedOperations: 0, parsed: [1] })
  expect(outcome.names).toEqual(EXPECTED_NAMES)
  expect(outcome.parents).toEqual([true, false, false, false])
  expect(outcome.grown).toBeGreaterThan(100_000)
  expect(outcome.slow).toEqual([expect.stringMatching(/^Slow operation: slow one took \d+ ms$/)])
})
