// Test (Node): session files of one app, some of them slower than others.
import { createRandom } from '../../bench/insights/generator/random.ts'
import { inventedSession } from '../unit/model/insights/invented-session.ts'

interface Options {
  /** Times that the cart takes as long; the other route does not change. */
  slowdown?: number
  /** Requests for the user that fail. */
  failures?: number
  /** The path of the cart. */
  path?: string
}

export function comparedSession(
  seed: number,
  { slowdown = 1, failures = 0, path = '/api/cart' }: Options = {},
): string {
  const session = inventedSession()
  const random = createRandom(seed)
  for (let i = 0; i < 60; i++) {
    const common = { site: ['load', 'view'], size: 900, queued: 1 }
    session.request(i * 5_000, { ...common, path, server: random.around(80) * slowdown })
    session.request(i * 5_000 + 2_000, {
      ...common,
      path: '/api/user',
      server: random.around(80),
      ...(i < failures ? { status: 500 } : {}),
    })
  }
  return session.text()
}
