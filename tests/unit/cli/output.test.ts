import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { createOutput } from '../../../cli/output.ts'

/** Takes so many texts, and fails from then on. */
function failingAfter(count: number, code: string): { stream: Writable; taken: string[] } {
  const taken: string[] = []
  const stream = new Writable({
    write(chunk, _, done) {
      if (taken.length === count) return done(Object.assign(new Error(`write ${code}`), { code }))
      taken.push(String(chunk))
      done()
    },
  })
  return { stream, taken }
}

test('goes on without an output that nobody reads any more, and says so', async () => {
  const { stream, taken } = failingAfter(1, 'EPIPE')
  const errors: Error[] = []
  const out = createOutput(stream, error => errors.push(error))
  expect(await out('first')).toBe(true)
  await out('second')
  expect(await out('third')).toBe(false)
  expect({ taken, errors }).toEqual({ taken: ['first'], errors: [] })
})

test.each(['ENOSPC', 'EIO'])('reports %s once', async code => {
  const { stream } = failingAfter(0, code)
  const errors: Error[] = []
  const out = createOutput(stream, error => errors.push(error))
  await out('first')
  expect(await out('second')).toBe(false)
  expect(errors.map(({ message }) => message)).toEqual([`write ${code}`])
})
