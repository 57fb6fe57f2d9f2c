// Page. Sentry with browser tracing and its default integrations, every trace sampled, nothing sent.
import { browserTracingIntegration, init } from '@sentry/browser'

init({
  dsn: 'https://key@127.0.0.1/1',
  tracesSampleRate: 1,
  integrations: [browserTracingIntegration()],
  transport: () => ({
    send: () => Promise.resolve({}),
    flush: () => Promise.resolve(true),
  }),
})
