// Page. OpenTelemetry's web tracer, exporting to memory. Without a registered context manager and
// without an active span, both of which would cost it more.
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { WebTracerProvider } from '@opentelemetry/sdk-trace-web'
import { expose } from '../expose.ts'

const provider = new WebTracerProvider({
  spanProcessors: [new SimpleSpanProcessor(new InMemorySpanExporter())],
})
const tracer = provider.getTracer('bench')

async function track<T>(name: string, operation: () => Promise<T>): Promise<T> {
  const span = tracer.startSpan(name)
  try {
    return await operation()
  } finally {
    span.end()
  }
}

expose(operation => track('op', operation))
