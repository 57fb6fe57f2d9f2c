// Test page: OpenTelemetry's instrumentations, which wrap fetch, `open` and `send`.
import '../peer.ts'
import { registerInstrumentations } from '@opentelemetry/instrumentation'
import { FetchInstrumentation } from '@opentelemetry/instrumentation-fetch'
import { XMLHttpRequestInstrumentation } from '@opentelemetry/instrumentation-xml-http-request'
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { WebTracerProvider } from '@opentelemetry/sdk-trace-web'

const exporter = new InMemorySpanExporter()
const provider = new WebTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
provider.register()
const stop = registerInstrumentations({
  tracerProvider: provider,
  instrumentations: [new FetchInstrumentation(), new XMLHttpRequestInstrumentation()],
})

window.peer = {
  run: call => call(),
  seen: () =>
    exporter.getFinishedSpans().map(({ name, attributes }) => {
      const url = String(attributes['url.full'] ?? attributes['http.url'])
      return `${name} ${new URL(url, location.href).pathname}`
    }),
  stop,
}
