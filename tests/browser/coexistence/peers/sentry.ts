// Test page: Sentry with tracing: it wraps fetch, `open` and `send`, and adds headers to requests if it takes the
// platform's fetch for a native one.
import '../peer.ts'
import { browserTracingIntegration, init, startSpan } from '@sentry/browser'

const seen: string[] = []

init({
  dsn: 'http://key@sentry.invalid/1',
  tracesSampleRate: 1,
  tracePropagationTargets: [/./],
  integrations: [browserTracingIntegration({ instrumentPageLoad: false, instrumentNavigation: false })],
  beforeBreadcrumb(breadcrumb) {
    if (breadcrumb.category === 'fetch' || breadcrumb.category === 'xhr') {
      const { method, url } = breadcrumb.data ?? {}
      seen.push(`${method} ${new URL(url, location.href).pathname}`)
    }
    return breadcrumb
  },
  transport: () => ({ send: async () => ({}), flush: async () => true }),
})

window.peer = {
  run: call => startSpan({ name: 'test' }, call),
  seen: () => seen,
}
