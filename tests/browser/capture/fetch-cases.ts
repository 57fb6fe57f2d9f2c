// Test: calls of fetch, run in the page, and what the export is to say of each. A URL names its case in its query.

export interface Urls {
  other: string
}

export interface RequestCase {
  /** What the operation's URL holds. */
  at: string
  run: (urls: Urls) => unknown
  /** Outcome and status; the error's name where there is one. */
  ends: string
  /** That was sent, where the call says it in a way of its own. */
  method?: string
}

export const FETCH_CASES: RequestCase[] = [
  { at: '/ok?read', run: async () => (await fetch('/ok?read')).text(), ends: 'ok 200' },
  { at: '/half?unread', run: () => fetch('/half?unread'), ends: 'ok 200' },
  { at: '/none?fetch', run: async () => (await fetch('/none?fetch')).text(), ends: 'failed 404' },
  { at: '/status?status=500', run: async () => (await fetch('/status?status=500')).text(), ends: 'failed 500' },
  { at: '/status?status=204', run: () => fetch('/status?status=204'), ends: 'ok 204' },
  { at: '/ok?head', run: () => fetch('/ok?head', { method: 'HEAD' }), ends: 'ok 200' },
  { at: '/reset?fetch', run: () => fetch('/reset?fetch'), ends: 'failed - TypeError' },
  { at: 'data:text/plain', run: async () => (await fetch('data:text/plain,hello')).text(), ends: 'ok 200' },
  {
    at: 'blob:http',
    run: async () => (await fetch(URL.createObjectURL(new Blob(['x'])))).text(),
    ends: 'ok 200',
  },
  { at: '/ok?opaque', run: ({ other }) => fetch(`${other}/ok?opaque`, { mode: 'no-cors' }), ends: 'ok 200' },
  {
    at: '/reset?opaque',
    run: ({ other }) => fetch(`${other}/reset?opaque`, { mode: 'no-cors' }),
    ends: 'failed - TypeError',
  },
  { at: '/ok?blocked', run: ({ other }) => fetch(`${other}/ok?blocked`), ends: 'failed - TypeError' },
  { at: '/cors?simple', run: async ({ other }) => (await fetch(`${other}/cors?simple`)).text(), ends: 'ok 200' },
  {
    at: '/cors?preflighted',
    run: async ({ other }) => (await fetch(`${other}/cors?preflighted`, { headers: { 'x-a': '1' } })).text(),
    ends: 'ok 200',
  },
  {
    at: '/ok?preflight-refused',
    run: ({ other }) => fetch(`${other}/ok?preflight-refused`, { headers: { 'x-a': '1' } }),
    ends: 'failed - TypeError',
  },
  {
    at: '/redirect?followed',
    run: async () => (await fetch('/redirect?followed&to=/ok?target')).text(),
    ends: 'ok 200',
  },
  {
    at: '/redirect?crossed',
    run: async ({ other }) => (await fetch(`/redirect?crossed&to=${other}/cors?crossed-target`)).text(),
    ends: 'ok 200',
  },
  {
    at: '/redirect?post',
    run: async () => (await fetch('/redirect?post&status=303&to=/none?post-target', { method: 'POST' })).text(),
    ends: 'failed 404',
  },
  { at: '/redirect?manual', run: () => fetch('/redirect?manual', { redirect: 'manual' }), ends: 'ok 302' },
  { at: '/redirect?error', run: () => fetch('/redirect?error', { redirect: 'error' }), ends: 'failed - TypeError' },
  { at: '/ok?before', run: () => fetch('/ok?before', { signal: AbortSignal.abort() }), ends: 'cancelled -' },
  {
    at: '/hang?aborted',
    run: () => {
      const abort = new AbortController()
      const response = fetch('/hang?aborted', { signal: abort.signal })
      setTimeout(() => abort.abort(), 60)
      return response
    },
    ends: 'cancelled -',
  },
  {
    at: '/hang?timeout',
    run: () => fetch('/hang?timeout', { signal: AbortSignal.timeout(60) }),
    ends: 'failed - TimeoutError',
  },
  {
    at: '/half?aborted',
    run: async () => {
      const abort = new AbortController()
      const response = await fetch('/half?aborted', { signal: abort.signal })
      setTimeout(() => abort.abort(), 60)
      return response.text()
    },
    ends: 'cancelled 200',
  },
  { at: '/half?cancelled', run: async () => (await fetch('/half?cancelled')).body?.cancel(), ends: 'ok 200' },
  { at: '/broken?fetch', run: async () => (await fetch('/broken?fetch')).text(), ends: 'failed 200 TypeError' },
  { at: 'http://[', run: () => fetch('http://['), ends: 'failed - TypeError' },
  { at: 'REDACTED@', run: () => fetch('http://user:secret@127.0.0.1/x'), ends: 'failed - TypeError' },
  { at: 'foo:bar', run: () => fetch('foo:bar'), ends: 'failed - TypeError' },
  { at: 'localhost:3000/api', run: () => fetch('localhost:3000/api'), ends: 'failed - TypeError' },
  { at: 'ftp://127.0.0.1', run: () => fetch('ftp://127.0.0.1/x'), ends: 'failed - TypeError' },
  { at: 'file:///', run: () => fetch('file:///etc/hosts'), ends: 'failed - TypeError' },
  { at: 'blob:nonsense', run: () => fetch('blob:nonsense'), ends: 'failed - TypeError' },
  { at: 'mailto:', run: () => fetch('mailto:a@shop.example'), ends: 'failed - TypeError' },
  { at: '/page?cases', run: () => fetch(location as unknown as string), ends: 'ok 200' },
  {
    at: '/ok?link',
    run: () => fetch(Object.assign(document.createElement('a'), { href: '/ok?link' }) as unknown as string),
    ends: 'ok 200',
  },
  { at: '/ok?boxed', run: () => fetch(new String('/ok?boxed') as string), ends: 'ok 200' },
  {
    at: '/ok?own-string',
    run: () =>
      fetch(
        new (class extends URL {
          override toString = () => '/ok?own-string'
        })('/ok?href', location.href),
      ),
    ends: 'ok 200',
  },
  {
    at: '/none?primitive',
    run: () =>
      fetch(Object.assign(new URL('/ok?href', location.href), { [Symbol.toPrimitive]: () => '/none?primitive' })),
    ends: 'failed 404',
  },
  { at: '/ok?object', run: () => fetch({ toString: () => '/ok?object' } as unknown as string), ends: 'ok 200' },
  {
    at: '/none?object',
    run: () => fetch({ [Symbol.toPrimitive]: () => '/none?object' } as unknown as string, { method: 'DELETE' }),
    ends: 'failed 404',
    method: 'DELETE',
  },
  {
    at: '/ok?request-init',
    run: () => fetch('/ok?request-init', new Request('/other', { method: 'POST' })),
    ends: 'ok 200',
    method: 'POST',
  },
  {
    at: '/ok?inherited',
    run: () => fetch('/ok?inherited', Object.create({ method: 'PUT' }) as RequestInit),
    ends: 'ok 200',
    method: 'PUT',
  },
  {
    at: '/ok?class-getter',
    run: () => {
      class Options {
        get method(): string {
          return 'PATCH'
        }
      }
      return fetch('/ok?class-getter', new Options())
    },
    ends: 'ok 200',
    method: 'PATCH',
  },
  {
    at: '/none?accessor',
    run: () => fetch('/none?accessor', Object.defineProperty({}, 'method', { get: () => 'POST' })),
    ends: 'failed 404',
    method: 'POST',
  },
  {
    at: '/redirect?inherited-manual',
    run: () => fetch('/redirect?inherited-manual', Object.create({ redirect: 'manual' }) as RequestInit),
    ends: 'ok 302',
  },
  {
    at: '/hang?inherited-signal',
    run: () => fetch('/hang?inherited-signal', Object.create({ signal: AbortSignal.timeout(60) }) as RequestInit),
    ends: 'failed - TimeoutError',
  },
  {
    at: '/hang?getter-signal',
    run: () => {
      const { signal } = new AbortController()
      const abort = new AbortController()
      setTimeout(() => abort.abort(), 60)
      return fetch('/hang?getter-signal', {
        get signal() {
          return abort.signal ?? signal
        },
      })
    },
    ends: 'cancelled -',
  },
  { at: '/etag', run: async () => (await fetch('/etag')).text(), ends: 'ok 200,ok 200' },
  { at: '/etag', run: async () => (await fetch('/etag')).text(), ends: 'ok 200,ok 200' },
  {
    at: '/conditional',
    run: async () => (await fetch('/conditional', { headers: { 'if-none-match': '"1"' } })).text(),
    ends: 'ok 304',
  },
  { at: '/ok?forbidden', run: () => fetch('/ok?forbidden', { method: 'CONNECT' }), ends: 'pending - never-sent' },
  { at: '/ok?get-body', run: () => fetch('/ok?get-body', { body: 'x' }), ends: 'pending - never-sent' },
]
