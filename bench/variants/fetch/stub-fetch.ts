// Page, before anything else: a `fetch` that makes no request, so that what is left is the cost of whoever wraps
// it. Its body is null: what a wrapper does to a body is not counted, which favours those that clone it.
const answer = Promise.resolve(new Response(null, { status: 200 }))
const fetch = (): Promise<Response> => answer
// Sentry leaves a `fetch` alone that does not look native.
const text = (): string => 'function fetch() { [native code] }'
Object.assign(globalThis, { fetch: Object.assign(fetch, { toString: text }) })
