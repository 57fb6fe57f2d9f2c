// Node and page: the requests whose figures are compared, as plain data.

export interface PlannedRequest {
  /** Names the request: in its URL, or in its body where several share a URL. */
  n: number
  api: 'fetch' | 'xhr'
  method: 'GET' | 'POST'
  url: string
  /** Milliseconds to the response's headers, and from there to the body's end, as the server keeps them. */
  headersAfter: number
  bodyAfter: number
  /** Bytes of the body, before compression. */
  size: number
  /** Whether the page reads the body. */
  read: boolean
  /** Milliseconds after which the page aborts it. */
  abortAfter?: number
  /** What the page sees. */
  ends: 'ok' | 'failed' | 'cancelled'
}

type Shape = Partial<Omit<PlannedRequest, 'n' | 'url'>> & { query?: string; other?: boolean; same?: boolean }

const SHAPES: readonly Shape[] = [
  ...[0, 1, 5, 10, 20, 50, 100].map(headersAfter => ({ headersAfter })),
  ...[0, 5, 20, 50, 100].map(bodyAfter => ({ headersAfter: 10, bodyAfter })),
  ...[0, 1, 1_000, 65_536, 1_000_000].map(size => ({ headersAfter: 5, bodyAfter: 5, size })),
  ...[5, 30].map(headersAfter => ({ method: 'POST' as const, headersAfter })),
  ...[0, 5, 40].map(headersAfter => ({ api: 'xhr' as const, headersAfter, bodyAfter: 15 })),
  { api: 'xhr', method: 'POST', headersAfter: 10, size: 20_000 },
  { api: 'xhr', query: 'status=404', ends: 'failed' },
  { api: 'xhr', query: 'end=reset', headersAfter: 10, ends: 'failed' },
  ...[10, 30].map(headersAfter => ({ query: 'redirect=1', headersAfter, bodyAfter: 10 })),
  ...[404, 500].map(status => ({ query: `status=${status}`, headersAfter: 8, ends: 'failed' as const })),
  ...[2_000, 200_000].map(size => ({ query: 'gzip=1', headersAfter: 8, bodyAfter: 8, size })),
  ...[5, 25].map(bodyAfter => ({ other: true, query: 'cors=1', headersAfter: 12, bodyAfter })),
  ...[5, 25].map(bodyAfter => ({ other: true, query: 'cors=1&timing=1', headersAfter: 12, bodyAfter })),
  ...[5, 40].map(headersAfter => ({ headersAfter, read: false, size: 500 })),
  // Its body is never read, and fills the browser's buffer.
  { read: false, headersAfter: 20, size: 3_000_000 },
  ...[20, 60].map(abortAfter => ({ headersAfter: 5_000, abortAfter, ends: 'cancelled' as const })),
  { headersAfter: 20, query: 'end=reset', ends: 'failed' },
  { other: true, headersAfter: 10, ends: 'failed' },
  ...Array.from({ length: 10 }, (_, i) => ({
    same: true,
    method: 'POST' as const,
    headersAfter: 5 + i * 3,
    size: 100,
  })),
]

/** @param round keeps the URLs of one run apart from those of another. */
export function planRequests(origin: string, otherOrigin: string, round: number): PlannedRequest[] {
  return SHAPES.map(({ query, other, same, ...shape }, i) => {
    const n = round * 1_000 + i
    const request = { n, api: 'fetch', method: 'GET', headersAfter: 5, bodyAfter: 0, size: 200, read: true, ends: 'ok' }
    const planned = { ...request, ...shape } as PlannedRequest
    const name = same ? `same=${round}` : `n=${n}`
    const { headersAfter, bodyAfter, size } = planned
    // What share a URL tell the server the rest in their bodies.
    const delays = same ? '' : `&a=${headersAfter}&b=${bodyAfter}&s=${size}`
    planned.url = `${other ? otherOrigin : origin}/r?${name}${delays}${query ? `&${query}` : ''}`
    return planned
  })
}
